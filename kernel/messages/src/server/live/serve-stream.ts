import { AccessError, BaseError, type ServeDeps, takeFrom } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { streamPath } from '../../contract/inbox.ts'
import { EventStream, parsePosition } from './event-stream.ts'
import type { Hub } from './hub.ts'

/** Pages that one account may keep open; each is a connection. */
const mostPerAccount = 12
const opensPerMinute = 120
/** All listeners of this process; beyond it a page polls. */
const mostListeners = 2000

/** `GET /api/v1/stream`: server-sent events with ids only, for whoever is signed in. */
export function serveStream(app: FastifyInstance, deps: ServeDeps, hub: Hub): void {
  const open = new Map<string, number>()

  app.get(
    streamPath,
    {
      config: { onWall: true },
      schema: { summary: '实时提醒（server-sent events，只有编号）', tags: ['stream'], produces: ['text/event-stream'] },
    },
    async (request, reply) => {
      const actor = await deps.sessions.resolve(request, 'machine')
      if (!actor?.accountId) throw AccessError('unauthenticated')
      const { accountId } = actor
      const wait = takeFrom(deps.limiter, `stream ${accountId}`, opensPerMinute)
      if (wait > 0) throw BaseError('rate_limited', { detail: '重连太密，请稍后', retryAfterSeconds: wait })
      const mine = open.get(accountId) ?? 0
      if (mine >= mostPerAccount) throw BaseError('rate_limited', { detail: '打开的页面太多，请先关闭一些', retryAfterSeconds: 30 })
      if (hub.size >= mostListeners) throw BaseError('busy', { detail: '在线页面已满，请稍后再试' })

      const stream = new EventStream(reply)
      open.set(accountId, mine + 1)
      stream.onClose(() => {
        const left = (open.get(accountId) ?? 1) - 1
        if (left > 0) open.set(accountId, left)
        else open.delete(accountId)
      })
      const lastId = request.headers['last-event-id']
      const resume = lastId === undefined ? undefined : (parsePosition(String(lastId)) ?? null)
      try {
        await hub.open(stream, { actor, resume, recheck: () => deps.sessions.resolve(request, 'machine') })
      } catch (error) {
        // Nothing was sent yet: the refusal can still be told as one.
        stream.abandon()
        throw error
      }
      return reply
    },
  )
  // fastify waits for open responses before it closes.
  app.addHook('preClose', () => hub.stop())
}
