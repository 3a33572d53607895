import { endpoint } from '@linli/base/contract'
import { type ServeDeps, serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { namedDemoLogins } from './demo/demo-logins.ts'

const getInfo = endpoint({
  method: 'GET',
  path: '/public/info',
  summary: '这是哪一套系统',
  permission: 'public',
  result: z.object({
    version: z.string(),
    demo: z.boolean(),
    /** Where a page of the workbench finds the devices of its own desk; null where none are lent. */
    deskBridge: z.string().nullable(),
    /** Where the simulated phones of a demo are seen. */
    phonesUrl: z.string().nullable(),
    /** Only of a database that is marked as demo; there these passwords are printed at every start anyway. */
    logins: z
      .array(z.object({ role: z.string(), roleName: z.string(), orgName: z.string(), account: z.string(), password: z.string() }))
      .optional(),
  }),
})

/** What a sign-in page may know: the version, and whether people and passwords here are invented; only then it is told them. */
export function infoRoute(
  app: FastifyInstance,
  deps: ServeDeps,
  info: { demo: () => boolean; phones: () => string | null; version: string; deskBridge: string | undefined },
): void {
  serve(app, deps, getInfo, async () => {
    const demo = info.demo()
    const phonesUrl = demo ? info.phones() : null
    return { version: info.version, demo, deskBridge: info.deskBridge ?? null, phonesUrl, ...(demo ? { logins: namedDemoLogins() } : {}) }
  })
}
