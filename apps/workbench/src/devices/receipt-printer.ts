import { type Bridge, BridgeError } from './bridge.ts'

const outcomes = ['printed', 'printedPaperLow', 'paperOut', 'coverOpen', 'printerOffline', 'none', 'away', 'unpaired'] as const
export type PrintOutcome = (typeof outcomes)[number]

/** Words of a paper; how a printer is spoken to is the bridge's business. */
export interface Paper {
  title: string
  mark: string | null
  number: string
  lines: { label: string; value: string }[]
  code: string
  qr: string
  notes: string[]
}

/** The receipt printer at the desk. */
export interface ReceiptPrinter {
  print(paper: Paper): Promise<PrintOutcome>
}

export const cameOut = (outcome: PrintOutcome): boolean => outcome === 'printed' || outcome === 'printedPaperLow'

export function bridgePrinter(bridge: Bridge): ReceiptPrinter {
  return {
    async print(paper) {
      try {
        const { state } = await bridge.paper(paper)
        return outcomes.find((one) => one === state) ?? 'printerOffline'
      } catch (error) {
        return error instanceof BridgeError ? error.reason : 'away'
      }
    },
  }
}
