import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fineNow, type LoadAnswer, type Orders } from './load-orders.ts'
import { connectFrame, publishFrame, readAnswers, text } from './mqtt-frames.ts'

interface Line {
  code: string
  topic: Buffer
  socket: Socket
  nextId: number
  lastTs: number
  waiting: Map<number, { at: number; isCall: boolean }>
}

/** What becomes of an answer, in the run that is under way. */
let acked: (line: Line, sent: { at: number; isCall: boolean }) => void = () => {}

/**
 * Devices in a process of their own, one connection each: `mqtt-load.ts PORT DEVICES.json`. Told over IPC what to send; answers what became of it.
 * Closed loop for throughput (so many unanswered per device), open loop at a fixed rate for latency: a late answer delays no later message.
 */
await serve(process.argv.slice(2))

async function serve([port = '', file = '']: string[]): Promise<void> {
  const devices = JSON.parse(await readFile(file, 'utf8')) as { code: string; secret: string }[]
  const lines: Line[] = []
  // A few at a time: what is measured is not a town that wakes up at once.
  for (let from = 0; from < devices.length; from += 50)
    lines.push(...(await Promise.all(devices.slice(from, from + 50).map((device) => open(Number(port), device)))))
  const uncalled = lines.map((_, index) => index)
  process.on('message', (orders: Orders) => void run(lines, uncalled, orders).then((answer) => process.send!(answer)))
  process.on('disconnect', () => process.exit(0))
  process.send!('ready')
}

async function open(port: number, { code, secret }: { code: string; secret: string }): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const line: Line = { code, topic: text(`up/${code}/telemetry`), socket, nextId: 0, lastTs: 0, waiting: new Map() }
  let welcome: (code: number) => void
  const welcomed = new Promise<number>((resolve) => {
    welcome = resolve
  })
  socket.on(
    'data',
    readAnswers((type, id) => {
      if (type === 2) return welcome(id & 255)
      const sent = line.waiting.get(id)
      line.waiting.delete(id)
      if (sent) acked(line, sent)
    }),
  )
  socket.write(connectFrame(code, secret))
  if ((await welcomed) !== 0) throw new Error(`${code} was not let in`)
  return line
}

function send(line: Line, isCall: boolean, withId: boolean): void {
  const ts = Math.max(Date.now(), line.lastTs + 1)
  line.lastTs = ts
  line.nextId = (line.nextId % 65_535) + 1
  const name = withId ? `"id":"${ts}",` : ''
  const payload = isCall
    ? `{${name}"ts":${ts},"values":{"sos":1}}`
    : `{${name}"ts":${ts},"values":{"sos":0,"battery":${ts % 100},"steps":${ts % 20_000}}}`
  line.waiting.set(line.nextId, { at: fineNow(), isCall })
  line.socket.write(publishFrame(line.topic, line.nextId, payload))
}

async function run(
  lines: Line[],
  uncalled: number[],
  { seconds, window = 0, rate = 0, calls = 0, ids = false }: Orders,
): Promise<LoadAnswer> {
  const delays: number[] = []
  const answer: LoadAnswer['calls'] = []
  let isOver = false
  acked = (line, sent) => {
    const took = fineNow() - sent.at
    if (sent.isCall) answer.push({ code: line.code, at: sent.at, ackedAfter: took })
    else if (!isOver) delays.push(took)
    if (window > 0 && !isOver) send(line, false, ids)
  }
  const startedAt = performance.now()
  for (let one = 0; one < window; one++) for (const line of lines) send(line, false, ids)
  let due = 0
  let callsDue = 0
  const ticks = setInterval(() => {
    const elapsed = (performance.now() - startedAt) / 1000
    for (const wanted = Math.floor(elapsed * rate); due < wanted; due++) send(lines[due % lines.length]!, false, ids)
    // Beside the stream, so that a stream that is as fast as it can be has its calls for help too.
    for (const wanted = Math.floor(elapsed * calls); callsDue < wanted && uncalled.length > 0; callsDue++)
      send(lines[uncalled.shift()!]!, true, ids)
  }, 5)
  await sleep(seconds * 1000)
  isOver = true
  clearInterval(ticks)
  const took = (performance.now() - startedAt) / 1000
  const unansweredNow = (): number => lines.reduce((sum, { waiting }) => sum + waiting.size, 0)
  for (let patience = 0; patience < 200 && unansweredNow() > 0; patience++) await sleep(50)
  delays.sort((a, b) => a - b)
  const at = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? Number.NaN
  return {
    acked: delays.length,
    perSecond: delays.length / took,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    calls: answer,
    unanswered: unansweredNow(),
  }
}
