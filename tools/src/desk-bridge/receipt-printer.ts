import { connect, type Socket } from 'node:net'
import { encodePaper } from './escpos.ts'
import type { Paper } from './paper.ts'

export type PrinterState = 'ready' | 'paperLow' | 'paperOut' | 'coverOpen' | 'printerOffline' | 'none'
export type PrintState = 'printed' | 'printedPaperLow' | Exclude<PrinterState, 'ready' | 'paperLow'>

export interface ReceiptPrinter {
  look(): Promise<PrinterState>
  print(paper: Paper): Promise<PrintState>
}

export const noPrinter: ReceiptPrinter = { look: async () => 'none', print: async () => 'none' }

interface PrinterOptions {
  host: string
  port: number
  columns: number
  /** Milliseconds that a printer has to pick up, and to answer each question. */
  patience?: number
}

/** A printer that speaks ESC/POS on a TCP port. One paper at a time: two tabs of a desk do not print into each other. */
export function tcpPrinter({ host, port, columns, patience = 2000 }: PrinterOptions): ReceiptPrinter {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  const withLine = async <T>(work: (line: Socket) => Promise<T>): Promise<T | 'printerOffline'> => {
    const line = await open(host, port, patience)
    if (!line) return 'printerOffline'
    try {
      return await work(line)
    } catch {
      return 'printerOffline'
    } finally {
      line.destroy()
    }
  }
  return {
    look: () => inTurn(() => withLine((line) => stateOf(line, patience))),
    print: (paper) =>
      inTurn(() =>
        withLine(async (line) => {
          const before = await stateOf(line, patience)
          if (before !== 'ready' && before !== 'paperLow') return before
          await write(line, encodePaper(paper, columns))
          // Paper that ends in the middle of a receipt is noticed here, and the receipt is not taken for printed.
          const after = await stateOf(line, patience)
          if (after === 'ready') return 'printed'
          return after === 'paperLow' ? 'printedPaperLow' : after
        }),
      ),
  }
}

function open(host: string, port: number, patience: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const line = connect({ host, port, noDelay: true })
    const give = (result: Socket | undefined): void => {
      clearTimeout(timer)
      if (!result) line.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => give(undefined), patience)
    line.once('connect', () => give(line))
    line.on('error', () => give(undefined))
  })
}

const write = (line: Socket, data: Buffer): Promise<void> =>
  new Promise((resolve, reject) => line.write(data, (error) => (error ? reject(error) : resolve())))

/** `DLE EOT n` answers one byte. Nothing within the time: a printer without the command, which is taken as it is. */
async function ask(line: Socket, n: number, patience: number): Promise<number | undefined> {
  const answer = new Promise<number | undefined>((resolve, reject) => {
    const timer = setTimeout(() => end(() => resolve(undefined)), patience)
    const hear = (data: Buffer): void => end(() => resolve(data[0]))
    const lose = (): void => end(() => reject(new Error('the line was closed')))
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      line.off('data', hear)
      line.off('close', lose)
      settle()
    }
    line.on('data', hear)
    line.on('close', lose)
  })
  await write(line, Buffer.from([0x10, 0x04, n]))
  return answer
}

async function stateOf(line: Socket, patience: number): Promise<PrinterState> {
  const printer = await ask(line, 1, patience)
  if (printer === undefined) return 'ready'
  const cause = (await ask(line, 2, patience)) ?? 0
  const paper = (await ask(line, 4, patience)) ?? 0
  if (cause & 0x20 || paper & 0x60) return 'paperOut'
  if (cause & 0x04) return 'coverOpen'
  if (printer & 0x08) return 'printerOffline'
  return paper & 0x0c ? 'paperLow' : 'ready'
}
