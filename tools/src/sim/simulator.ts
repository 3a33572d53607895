import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

/** What `npm run sim -- NAME` starts: it says where it listens on its first line, and gets into each state by a word typed into its window. */
export interface Simulator {
  readonly states: readonly string[]
  /** Throws for a state it does not know. */
  enter(state: string): void
}

export interface SimulatorOptions {
  port: number | undefined
  control: number | undefined
  say(line: string): void
}

export type StartSimulator = (options: SimulatorOptions) => Promise<Simulator>

/** Listens on loopback alone; the port that was given, or with 0 any. */
export async function listenOnLoopback(
  server: { listen(port: number, host: string): unknown; address(): unknown },
  port: number,
): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server as unknown as Server, 'listening')
  return (server.address() as AddressInfo).port
}

/** JSON in, JSON out: a handler per `METHOD /path`; what it throws is a 422 with its words. */
export function jsonServer(handlers: Record<string, (body: unknown) => unknown>): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const handler = handlers[`${request.method} ${request.url}`]
      const answer = async (): Promise<[number, unknown]> => {
        if (!handler) return [404, { error: 'not found' }]
        try {
          return [200, await handler(chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined)]
        } catch (error) {
          return [422, { error: (error as Error).message }]
        }
      }
      void answer().then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body ?? {})),
      )
    })
  })
}

/** Words typed into the window of a simulator; unknown ones are answered with those that it knows. */
export function hearKeyboard(simulator: Simulator, say: (line: string) => void): void {
  if (!process.stdin.isTTY) return
  createInterface({ input: process.stdin }).on('line', (line) => {
    try {
      simulator.enter(line.trim())
      say(line.trim())
    } catch {
      say(`states: ${simulator.states.join(', ')}`)
    }
  })
}
