import { carrySessions, type Sessions } from '@linli/access/server'
import { endpoint } from '@linli/base/contract'
import { BaseError, type MovableClock, type ServeDeps, serve, sql, systemActor, transact } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const moveTestClock = endpoint({
  method: 'POST',
  path: '/test/clock',
  summary: '测试模式：把钟往前拨（只在测试库）',
  permission: 'public',
  body: z.object({
    now: z.iso.datetime({ offset: true }),
    /** Sessions idle out by the time that passes; otherwise a jump is nobody's absence, and who is signed in stays so. */
    sessionsAge: z.boolean().default(false),
  }),
  result: z.undefined(),
  status: 204,
})

/** Test mode only: moves the one clock forward and answers when everything that is due by then has happened. */
export function testClockRoute(
  app: FastifyInstance,
  deps: ServeDeps & { sessions: Pick<Sessions, 'forget'> },
  clock: MovableClock,
  settle: () => Promise<void>,
): void {
  serve(app, deps, moveTestClock, async (ctx, { body }) => {
    if (!clock.moveTo(new Date(body.now))) {
      throw BaseError('request_invalid', { detail: '钟只能往前拨', fields: [{ path: 'now', message: `现在是 ${ctx.now.toISOString()}` }] })
    }
    const jump = clock.now().getTime() - ctx.now.getTime()
    const offset = clock.now().getTime() - Date.now()
    await transact(deps, systemActor, async (system) => {
      await system.run(
        sql`INSERT INTO base.database_mark (name, value) VALUES ('test_clock', ${String(offset)}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      )
      if (!body.sessionsAge) await carrySessions(system, jump)
    })
    deps.sessions.forget()
    await settle()
    return undefined
  })
}
