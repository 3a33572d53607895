import { endpoint } from '@linli/base/contract'
import { BaseError } from '@linli/base/define'
import { type MovableClock, type ServeDeps, serve, sql, systemActor, transact } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const moveTestClock = endpoint({
  method: 'POST',
  path: '/test/clock',
  summary: '测试模式：把钟往前拨（只在测试库）',
  permission: 'public',
  body: z.object({ now: z.iso.datetime({ offset: true }) }),
  result: z.undefined(),
  status: 204,
})

/** Test mode only: moves the one clock forward and answers when everything that is due by then has happened. */
export function testClockRoute(app: FastifyInstance, deps: ServeDeps, clock: MovableClock, settle: () => Promise<void>): void {
  serve(app, deps, moveTestClock, async (ctx, { body }) => {
    if (!clock.moveTo(new Date(body.now))) {
      throw BaseError('request_invalid', { detail: '钟只能往前拨', fields: [{ path: 'now', message: `现在是 ${ctx.now.toISOString()}` }] })
    }
    const offset = clock.now().getTime() - Date.now()
    await transact(deps, systemActor, (system) =>
      system.run(
        sql`INSERT INTO base.database_mark (name, value) VALUES ('test_clock', ${String(offset)}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      ),
    )
    await settle()
    return undefined
  })
}
