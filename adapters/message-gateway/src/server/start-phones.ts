import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../simulator/run.ts', import.meta.url))

export interface Phones {
  /** Of the gateway, with application and secret: what a setting would hold. */
  readonly gatewayUrl: string
  /** The page that shows the phones. */
  readonly pageUrl: string
  stop(): Promise<void>
}

/** The simulated gateway and phones in a process of their own, which ends with this one. */
export async function startPhones({ port, secret }: { port: number; secret: string }): Promise<Phones> {
  const child = spawn(process.execPath, [...process.execArgv, program, '--port', String(port), '--secret', secret], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
  })
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line').then(([line]) => String(line)), gone.then(() => '')])
  const pageUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(first)?.[0]
  if (!pageUrl) throw new Error('the simulated phones did not start')
  const gateway = new URL(pageUrl)
  gateway.username = 'demo'
  gateway.password = secret
  return {
    gatewayUrl: gateway.href,
    pageUrl: `${pageUrl}/`,
    stop: async () => {
      child.stdin.end()
      await gone
    },
  }
}
