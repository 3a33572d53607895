import { createServer, type Socket } from 'node:net'
import { type PrintedPaper, readEscpos } from './read-escpos.ts'
import { jsonServer, listenOnLoopback, type StartSimulator } from './simulator.ts'

const states = ['ready', 'paperLow', 'paperOut', 'coverOpen', 'offline', 'mute'] as const
type State = (typeof states)[number]

/** The answers to `DLE EOT` 1, 2 and 4; two bits are always set. */
const answers: Readonly<Record<State, Readonly<Record<number, number>>>> = {
  ready: { 1: 0x12, 2: 0x12, 4: 0x12 },
  paperLow: { 1: 0x12, 2: 0x12, 4: 0x1e },
  paperOut: { 1: 0x1a, 2: 0x32, 4: 0x7e },
  coverOpen: { 1: 0x1a, 2: 0x16, 4: 0x12 },
  offline: { 1: 0x1a, 2: 0x12, 4: 0x12 },
  mute: {},
}

/**
 * A receipt printer on a TCP port: ESC/POS in, state bytes out, and what it printed to be read. `GET /papers` on the control port gives it as
 * text; `PUT /sim {state}` empties the paper, opens the cover, takes it off line; `mute` is a printer that answers no questions.
 */
export const startReceiptPrinter: StartSimulator = async ({ port = 9100, control = 17_812, say }) => {
  let state: State = 'ready'
  const papers: PrintedPaper[] = []
  const enter = (next: string): void => {
    if (!(states as readonly string[]).includes(next)) throw new Error(`no state ${next}`)
    state = next as State
  }
  const keep = (data: Buffer): void => {
    for (const paper of readEscpos(data)) {
      papers.push(paper)
      say(`receipt-printer: a paper\n${drawPaper(paper)}`)
    }
  }
  const printer = createServer((line) => serveLine(line, () => state, keep))
  const desk = jsonServer({
    'GET /papers': () => ({ papers }),
    'PUT /sim': (body) => {
      enter(String((body as { state?: unknown } | undefined)?.state))
      return { state }
    },
  })
  const at = await listenOnLoopback(printer, port)
  say(`receipt-printer: 127.0.0.1:${at}, control http://127.0.0.1:${await listenOnLoopback(desk, control)}`)
  return { states, enter }
}

function serveLine(line: Socket, state: () => State, keep: (data: Buffer) => void): void {
  let heard = Buffer.alloc(0)
  const finish = (): void => {
    // Without paper nothing comes out, whatever was sent.
    if (heard.length > 0 && (state() === 'ready' || state() === 'paperLow' || state() === 'mute')) keep(heard)
    heard = Buffer.alloc(0)
  }
  line.on('data', (data) => {
    let rest = data
    for (let at = rest.indexOf('\x10\x04', 0, 'latin1'); at >= 0 && at + 2 < rest.length; at = rest.indexOf('\x10\x04', 0, 'latin1')) {
      heard = Buffer.concat([heard, rest.subarray(0, at)])
      const answer = answers[state()][rest[at + 2] as number]
      // Asked after a paper: the paper is out by then, as a real one would be.
      finish()
      if (answer !== undefined) line.write(Buffer.of(answer))
      rest = rest.subarray(at + 3)
    }
    heard = Buffer.concat([heard, rest])
  })
  line.on('error', () => line.destroy())
  line.on('close', finish)
}

function drawPaper({ text, qr }: PrintedPaper): string {
  const lines = [...text.trimEnd().split('\n'), ...qr.map((target) => `[QR] ${target}`)]
  return ['  .-----', ...lines.map((line) => `  | ${line}`), "  '-----"].join('\n')
}
