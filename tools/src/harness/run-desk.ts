import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const tools = fileURLToPath(new URL('../', import.meta.url))

/** What a simulated printer put on paper, as its control port tells it. */
export interface PaperSeen {
  text: string
  qr: string[]
  isCut: boolean
  large: string[]
}

/** A clerk's desk: card reader, receipt printer and the bridge between them and the browser, each a process of its own. */
export interface RunningDesk {
  readonly bridgeUrl: string
  /** The code that stands in the bridge's window now. */
  pairingCode(): string
  setReader(state: { state?: string; card?: { name: string; idNumber: string }; slowMs?: number }): Promise<Response>
  setPrinter(state: string): Promise<void>
  papers(): Promise<PaperSeen[]>
  stop(): Promise<void>
}

/** Starts the three; `origin` is the platform's address, `port` the bridge's (any when absent). */
export async function runDesk({ origin, port = 0 }: { origin: string; port?: number }): Promise<RunningDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-desk-'))
  const children: ChildProcess[] = []
  const start = async (script: string, args: string[], ready: RegExp) => {
    const child = spawn(process.execPath, [join(tools, script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    return hearUntil(child, ready)
  }
  const stop = async (): Promise<void> => {
    for (const child of children) child.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const reader = await start('sim/run.ts', ['card-reader', '--port', '0'], /card-reader: (\S+)/)
    const printer = await start('sim/run.ts', ['receipt-printer', '--port', '0', '--control', '0'], /receipt-printer: (\S+), control (\S+)/)
    const [, readerUrl = ''] = reader.match
    const [, printerAt = '', control = ''] = printer.match
    const args = [
      '--origin',
      origin,
      '--port',
      String(port),
      '--reader',
      readerUrl,
      '--printer',
      printerAt,
      '--tokens',
      join(folder, 'tokens'),
    ]
    const bridge = await start('desk-bridge/run.ts', args, /desk-bridge: (http\S+) for/)
    const put = (url: string, body: unknown) => fetch(`${url}/sim`, { method: 'PUT', body: JSON.stringify(body) })
    return {
      bridgeUrl: bridge.match[1] ?? '',
      pairingCode: () =>
        bridge
          .said()
          .match(/pairing code (\d{6})/g)
          ?.at(-1)
          ?.slice(-6) ?? '',
      setReader: (state) => put(readerUrl, state),
      setPrinter: async (state) => {
        const answer = await put(control, { state })
        if (!answer.ok) throw new Error(await answer.text())
      },
      papers: async () => ((await (await fetch(`${control}/papers`)).json()) as { papers: PaperSeen[] }).papers,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function hearUntil(child: ChildProcess, ready: RegExp): Promise<{ match: RegExpMatchArray; said(): string }> {
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const match = said.match(ready)
      if (match) resolve({ match, said: () => said })
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
}
