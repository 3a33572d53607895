import { isIdNumber } from './id-number.ts'

export type ReaderState = 'ready' | 'readerUnplugged' | 'none'
export type CardReading =
  | { state: 'read'; name: string; idNumber: string }
  | { state: 'cardAbsent' | 'cardUnreadable' | 'readerUnplugged' | 'readerSlow' | 'none' }

export interface CardReader {
  look(): Promise<ReaderState>
  read(): Promise<CardReading>
}

export const noReader: CardReader = { look: async () => 'none', read: async () => ({ state: 'none' }) }

/** A reader behind the local service of its maker. What no card can hold (a number whose check digit is wrong) counts as unreadable. */
export function readerService(url: string, patience = 8000): CardReader {
  const ask = (path: string, method: 'GET' | 'POST', within: number): Promise<unknown> =>
    fetch(new URL(path, url), { method, signal: AbortSignal.timeout(within) }).then((response) => response.json())
  return {
    look: () =>
      ask('/status', 'GET', 2000).then(
        (answer) => ((answer as { reader?: unknown } | null)?.reader === 'ready' ? 'ready' : 'readerUnplugged'),
        () => 'readerUnplugged',
      ),
    read: () =>
      ask('/read', 'POST', patience).then(readingOf, (error: unknown) => ({
        state: (error as Error).name === 'TimeoutError' ? 'readerSlow' : 'readerUnplugged',
      })),
  }
}

function readingOf(answer: unknown): CardReading {
  const { result, name, idNumber } = (answer ?? {}) as Record<string, unknown>
  if (result === 'noCard') return { state: 'cardAbsent' }
  if (result === 'unplugged') return { state: 'readerUnplugged' }
  const isCard = result === 'card' && typeof name === 'string' && name.trim() !== '' && typeof idNumber === 'string' && isIdNumber(idNumber)
  return isCard ? { state: 'read', name: name.trim().slice(0, 40), idNumber: idNumber.toUpperCase() } : { state: 'cardUnreadable' }
}
