import { type ServeDeps, serve, serveBare, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/resident.ts'
import { clearResidentCookie, closeResidentSession, getResidentMe, openResidentSession, setResidentCookie } from './resident-sessions.ts'
import type { ResidentSlots } from './resident-slots.ts'
import { codeMinutes, makeCode } from './sign-in-code.ts'

export interface ResidentRoutes extends ServeDeps {
  residents: ResidentSlots
  sessions: ServeDeps['sessions'] & { readonly publicUrl: string }
}

/** Signing in by a code that is sent to the phone, and out. */
export function residentRoutes(app: FastifyInstance, deps: ResidentRoutes): void {
  const { publicUrl } = deps.sessions
  serve(app, deps, contract.askSignInCode, async (ctx, { body }) => {
    await ctx.as(systemActor, (system) => makeCode(system, { vault: deps.vault, sendCode: deps.residents.sendCode }, body))
    return { minutes: codeMinutes }
  })
  serveBare(app, deps, contract.openResidentSession, async (_, { body }, { request, reply }) => {
    const { token, expiresAt } = await openResidentSession(deps, { ...body, traceId: request.id })
    setResidentCookie(reply, token, expiresAt, publicUrl)
    return { expiresAt: expiresAt.toISOString() }
  })
  serve(app, deps, contract.closeResidentSession, async (ctx, _, { request, reply }) => {
    await closeResidentSession(ctx, request)
    clearResidentCookie(reply, publicUrl)
    return undefined
  })
  serve(app, deps, contract.getResidentMe, (ctx) => getResidentMe(ctx, deps.residents))
}
