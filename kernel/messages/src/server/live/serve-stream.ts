import { AccessError, type Actor, BaseError, type ServeDeps, takeFrom } from '@linli/base/server'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { residentStreamPath, streamPath } from '../../contract/inbox.ts'
import { EventStream, parsePosition } from './event-stream.ts'
import type { Hub } from './hub.ts'

/** All listeners of this process; beyond it a page polls. */
const mostListeners = 2000

/** Where a kind of listener comes in, and how much of the process is theirs. */
interface Door {
  path: string
  summary: string
  onWall?: true
  who(request: FastifyRequest): Promise<Actor | undefined>
  /** Whose the limits are. */
  holder(actor: Actor): string | null | undefined
  /** Pages that one holder may keep open; each is a connection. */
  mostPages: number
  opensPerMinute: number
  mostOpen: number
  /** Goes on where an earlier stream broke off; without, a page reads again what it shows. */
  resumes: boolean
  retryMs(): number
}

/**
 * Server-sent events with ids only: `GET /api/v1/stream` for staff, `GET /api/v1/residents/me/stream` for a resident who signed in by phone.
 * Two doors, for one browser may hold a session of either kind, and each page means its own.
 */
export function serveStream(app: FastifyInstance, deps: ServeDeps, hub: Hub): void {
  openDoor(app, deps, hub, {
    path: streamPath,
    summary: '实时提醒（server-sent events，只有编号）',
    onWall: true,
    who: (request) => deps.sessions.resolve(request, 'machine'),
    holder: ({ accountId }) => accountId,
    mostPages: 12,
    opensPerMinute: 120,
    mostOpen: mostListeners,
    resumes: true,
    retryMs: () => 1000,
  })
  openDoor(app, deps, hub, {
    path: residentStreamPath,
    summary: '居民的实时提醒（server-sent events，只有编号）',
    who: async (request) => deps.sessions.resolveResident?.(request),
    holder: ({ residentId }) => residentId,
    mostPages: 4,
    opensPerMinute: 60,
    // The rest is left to those on duty.
    mostOpen: mostListeners / 2,
    // A town that lost its lines together would be told what it missed one by one, and staff would wait for it.
    resumes: false,
    retryMs: () => 1000 + Math.floor(Math.random() * 4000),
  })
  // fastify waits for open responses before it closes.
  app.addHook('preClose', () => hub.stop())
}

function openDoor(app: FastifyInstance, deps: ServeDeps, hub: Hub, door: Door): void {
  const open = new Map<string, number>()
  let openHere = 0

  app.get(
    door.path,
    {
      config: door.onWall ? { onWall: true } : {},
      schema: { summary: door.summary, tags: ['stream'], produces: ['text/event-stream'] },
    },
    async (request, reply) => {
      const actor = await door.who(request)
      const holder = actor && door.holder(actor)
      if (!holder) throw AccessError('unauthenticated')
      const wait = takeFrom(deps.limiter, `${door.path} ${holder}`, door.opensPerMinute)
      if (wait > 0) throw BaseError('rate_limited', { detail: '重连太密，请稍后', retryAfterSeconds: wait })
      const mine = open.get(holder) ?? 0
      if (mine >= door.mostPages) throw BaseError('rate_limited', { detail: '打开的页面太多，请先关闭一些', retryAfterSeconds: 30 })
      if (openHere >= door.mostOpen || hub.size >= mostListeners) throw BaseError('busy', { detail: '在线页面已满，请稍后再试' })

      const stream = new EventStream(reply)
      open.set(holder, mine + 1)
      openHere += 1
      stream.onClose(() => {
        openHere -= 1
        const left = (open.get(holder) ?? 1) - 1
        if (left > 0) open.set(holder, left)
        else open.delete(holder)
      })
      const lastId = door.resumes ? request.headers['last-event-id'] : undefined
      const resume = lastId === undefined ? undefined : (parsePosition(String(lastId)) ?? null)
      try {
        await hub.open(stream, { actor, resume, retryMs: door.retryMs(), recheck: () => door.who(request) })
      } catch (error) {
        // Nothing was sent yet: the refusal can still be told as one.
        stream.abandon()
        throw error
      }
      return reply
    },
  )
}
