import { parseArgs } from 'node:util'
import { findThing, things } from '@linli/signals/define'
import { hearKeyboard, type StartSimulator } from './simulator.ts'

/** One row per simulator that is no device, loaded only when it is asked for. */
const simulators: Record<string, () => Promise<StartSimulator>> = {
  'card-reader': async () => (await import('./card-reader.ts')).startCardReader,
  sms: async () => startPhonesAt(17_821),
  voice: async () => startPhonesAt(17_822),
  'receipt-printer': async () => (await import('./receipt-printer.ts')).startReceiptPrinter,
}

/** A provider's gateway with the phones behind it; the platform is told where by LINLI_SMS_GATEWAY or LINLI_VOICE_GATEWAY. */
const startPhonesAt =
  (usual: number): StartSimulator =>
  async ({ port = usual, say: hear }) => {
    const { openPhones } = await import('@linli/message-gateway/simulator')
    const phones = await openPhones({ port, secret: 'sim', say: hear })
    hear(`phones: ${phones.url} (gateway ${phones.url.replace('://', '://demo:sim@')})`)
    return phones
  }

const usage = `npm run sim -- sms [--port 17821]                                    an SMS gateway and the phones behind it
npm run sim -- voice [--port 17822]                                  the same for calls: a phone that rings until somebody answers
npm run sim -- card-reader [--port 17811]                            a card reader's local service, with an invented card on it
npm run sim -- receipt-printer [--port 9100] [--control 17812]       a printer that speaks ESC/POS and shows what it printed
Each takes the name of a state as a line: card, absent, unreadable, unplugged, slow; ready, paperLow, paperOut, coverOpen, offline, mute;
deliver, fail, mute, down; ring, press, answer, silent.
npm run sim -- story [--pace 4]                                      a morning of the elder who lives alone, to her call for help
npm run sim -- ${things.map(({ key }) => key).join('|')} [--code CODE] [--secret SECRET] [--url mqtt://127.0.0.1:1883] [--once]
Without code and secret it is the first demo device of its kind (DATA_DIR/demo.json). Enter sends what it is for; "battery 40" sends a value.`

const say = (line: string): void => console.log(line)
const portOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

async function simulate(args: string[]): Promise<void> {
  if (args[0] === 'story') return (await import('./story.ts')).runStory(args.slice(1))
  const model = findThing(args[0] ?? '')
  if (model) return (await import('./device.ts')).runDevice(model, args.slice(1))
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { port: { type: 'string' }, control: { type: 'string' } },
  })
  const [name = '', ...rest] = positionals
  const load = Object.hasOwn(simulators, name) ? simulators[name] : undefined
  if (!load || rest.length > 0) throw Object.assign(new Error(name === '' ? 'which?' : `no simulator ${name}`), { code: 'ERR_PARSE_ARGS' })
  const start = await load()
  hearKeyboard(await start({ port: portOf(values.port), control: portOf(values.control), say }), say)
}

try {
  await simulate(process.argv.slice(2))
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException
  console.error(`sim: ${message}`)
  if (String(code).startsWith('ERR_PARSE_ARGS')) console.error(usage)
  process.exitCode = 2
}
