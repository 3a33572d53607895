import { once } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { noReader, readerService } from './card-reader.ts'
import { openPairing } from './pairing.ts'
import { noPrinter, tcpPrinter } from './receipt-printer.ts'
import { serveBridge } from './serve-bridge.ts'

const usage = `npm run desk-bridge -- --origin URL [--origin URL] [--port 17801] [--reader URL] [--printer HOST:PORT] [--columns 48] [--tokens FILE]
  --origin   the platform's address as it stands in the browser
  --reader   the card reader's own local service, e.g. http://127.0.0.1:17811
  --printer  a receipt printer that speaks ESC/POS, e.g. 192.168.1.50:9100
  --columns  48 on 80 mm paper, 32 on 58 mm`

class Refused extends Error {}

function readOptions() {
  const { values } = parseArgs({
    options: {
      origin: { type: 'string', multiple: true },
      port: { type: 'string', default: '17801' },
      reader: { type: 'string' },
      printer: { type: 'string' },
      columns: { type: 'string', default: '48' },
      tokens: { type: 'string', default: join(homedir(), '.linli-desk-bridge.json') },
    },
  })
  const origins = (values.origin ?? []).map((text) => (URL.canParse(text) ? new URL(text).origin : 'null'))
  if (origins.length === 0 || origins.includes('null')) throw new Refused('--origin is missing or no address')
  if (values.reader && !isLoopback(values.reader)) throw new Refused('--reader has to be on this machine: http://127.0.0.1:PORT')
  const [, host, port] = /^(.+):(\d+)$/.exec(values.printer ?? '') ?? []
  if (values.printer && !host) throw new Refused('--printer is HOST:PORT')
  return {
    origins,
    port: Number(values.port),
    tokens: values.tokens,
    reader: values.reader ? readerService(values.reader) : noReader,
    printer: host ? tcpPrinter({ host, port: Number(port), columns: Number(values.columns) }) : noPrinter,
  }
}

/** What a card says goes over no network. */
const isLoopback = (text: string): boolean => URL.canParse(text) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname)

try {
  const { origins, port, tokens, reader, printer } = readOptions()
  const pairing = openPairing(tokens, (line) => console.log(`desk-bridge: ${line}`))
  const server = serveBridge({ origins, reader, printer, pairing }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  console.log(`desk-bridge: http://127.0.0.1:${(server.address() as { port: number }).port} for ${origins.join(', ')}`)
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException
  console.error(`desk-bridge: ${message}`)
  if (error instanceof Refused || String(code).startsWith('ERR_PARSE_ARGS')) console.error(usage)
  process.exitCode = 2
}
