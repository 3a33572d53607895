import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The platform as it is after an update that has replaced one part of the resident portal: its old address is gone. */
export interface NextRelease {
  url: string
  /** From now on the worker is another one, and the part (the beginning of its name) is nowhere to be had. */
  release(part: string): void
  close(): Promise<void>
}

export async function openNextRelease(platform: string): Promise<NextRelease> {
  let gone: string | undefined
  const server = createServer(async (request, reply) => {
    const path = request.url ?? '/'
    if (gone && path.startsWith(`/resident/assets/${gone}`)) return reply.writeHead(404).end()
    const answer = await fetch(new URL(path, platform), { redirect: 'manual' }).catch(() => undefined)
    if (!answer) return reply.writeHead(502).end()
    const headers = Object.fromEntries(
      [...answer.headers].filter(([name]) => !/^(content-(encoding|length)|transfer-encoding|connection)$/.test(name)),
    )
    const body = Buffer.from(await answer.arrayBuffer())
    reply.writeHead(answer.status, headers).end(gone && path === '/resident/sw.js' ? nextWorker(String(body), gone) : body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release(part) {
      gone = part
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The same worker under another build, without the part in its list. */
function nextWorker(script: string, part: string): string {
  const next = script
    .replace(/(build"?:\s*["'`])[0-9a-f]{16}/, '$1ffffffffffffffff')
    .replace(new RegExp(`\\{[^{}]*/resident/assets/${part}[^{}]*\\},?`), '')
  if (next === script || next.includes(`/${part}`)) throw new Error('the list in sw.js is written otherwise: mend this proxy')
  return next
}
