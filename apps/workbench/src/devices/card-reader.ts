import { type Bridge, BridgeError } from './bridge.ts'

const failures = ['cardAbsent', 'cardUnreadable', 'readerUnplugged', 'readerSlow', 'none', 'away', 'unpaired'] as const
export type CardFailure = (typeof failures)[number]

/** What a form gets of a card: the name, and of the number only what may stand on a screen. */
export type CardReading = { state: 'read'; name: string; idMasked: string } | { state: CardFailure }

/** An identity card reader at the desk. Reading never fails loudly: whatever happened, the clerk goes on by hand. */
export interface CardReader {
  read(): Promise<CardReading>
}

export function bridgeReader(bridge: Bridge): CardReader {
  return {
    async read() {
      try {
        const { state, name, idMasked } = await bridge.card()
        if (state === 'read' && name && idMasked) return { state, name, idMasked }
        return { state: failures.find((one) => one === state) ?? 'cardUnreadable' }
      } catch (error) {
        return { state: error instanceof BridgeError ? error.reason : 'away' }
      }
    },
  }
}
