import { parseArgs } from 'node:util'
import { hearKeyboard, type StartSimulator } from './simulator.ts'

/** One row per simulator, loaded only when it is asked for. */
const simulators: Record<string, () => Promise<StartSimulator>> = {
  'card-reader': async () => (await import('./card-reader.ts')).startCardReader,
  'receipt-printer': async () => (await import('./receipt-printer.ts')).startReceiptPrinter,
}

const usage = `npm run sim -- card-reader [--port 17811]                            a card reader's local service, with an invented card on it
npm run sim -- receipt-printer [--port 9100] [--control 17812]       a printer that speaks ESC/POS and shows what it printed
Each takes the name of a state as a line: card, absent, unreadable, unplugged, slow; ready, paperLow, paperOut, coverOpen, offline, mute.`

const say = (line: string): void => console.log(line)
const portOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { port: { type: 'string' }, control: { type: 'string' } } })
  const [name = '', ...rest] = positionals
  const load = Object.hasOwn(simulators, name) ? simulators[name] : undefined
  if (!load || rest.length > 0) throw Object.assign(new Error(name === '' ? 'which?' : `no simulator ${name}`), { code: 'ERR_PARSE_ARGS' })
  const start = await load()
  hearKeyboard(await start({ port: portOf(values.port), control: portOf(values.control), say }), say)
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException
  console.error(`sim: ${message}`)
  if (String(code).startsWith('ERR_PARSE_ARGS')) console.error(usage)
  process.exitCode = 2
}
