import { endpoint } from '@linli/base/contract'
import { type ServeDeps, serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const getInfo = endpoint({
  method: 'GET',
  path: '/public/info',
  summary: '这是哪一套系统',
  permission: 'public',
  result: z.object({ version: z.string(), demo: z.boolean() }),
})

/** What a sign-in page may know: the version, and whether people and passwords here are invented. */
export function infoRoute(app: FastifyInstance, deps: ServeDeps, info: { demo: () => boolean; version: string }): void {
  serve(app, deps, getInfo, async () => ({ version: info.version, demo: info.demo() }))
}
