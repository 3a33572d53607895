import { type AnchorBook, type ServeDeps, serve, serveBare, systemActor, verifyAudit } from '@linli/base/server'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as contract from '../contract/index.ts'
import { changeCells, previewCellChange } from './change-cells.ts'
import { endDeputy, listDeputies, listStandIns, setDeputy } from './deputies.ts'
import type { AreaBook } from './find-area.ts'
import { getCells } from './get-cells.ts'
import { getMe } from './get-me.ts'
import { getOutlines } from './get-outlines.ts'
import { createAccount, endPost, grantPost } from './grant-post.ts'
import type { HandoverParticipant } from './handover-slot.ts'
import { listAccounts, listRoles } from './list-accounts.ts'
import { listColleagues } from './list-colleagues.ts'
import { getHandover, listHandovers } from './list-handovers.ts'
import { listAreas, listBuildings, listOffices, listOrganizations } from './list-places.ts'
import { Strangers } from './lockout.ts'
import { openSession } from './open-session.ts'
import { closeWalls, listWalls, openWall } from './open-wall.ts'
import { actAs, changePassword, closeSession } from './own-session.ts'
import { readAudit, readRefusals } from './read-audit.ts'
import { clearSessionCookie, clearWallCookie, setSessionCookie, setWallCookie } from './session-cookie.ts'
import { type Sessions, timeLeft } from './sessions.ts'
import { setAccountState } from './set-account-state.ts'

export interface AccessDeps extends ServeDeps {
  sessions: Sessions
  anchors?: AnchorBook
  /** The engines that hand something over when cells or posts change. */
  participants: readonly HandoverParticipant[]
  /** Pictures of the country below maps, as URL templates. */
  mapTiles?: readonly string[] | undefined
  /** To be told when areas changed: what a process remembers of them is old then. */
  areas?: Pick<AreaBook, 'forget'>
}

/** Every route of the access contracts. */
export function routes(app: FastifyInstance, deps: AccessDeps): void {
  ownSession(app, deps)
  places(app, deps)
  cells(app, deps)
  deputies(app, deps)
  administration(app, deps)
  audit(app, deps)
}

function ownSession(app: FastifyInstance, deps: AccessDeps): void {
  const { sessions } = deps
  const signIn = { ...deps, strangers: new Strangers(deps.clock) }
  const keyOf = (request: FastifyRequest): Buffer => {
    const key = sessions.keyOf(request)
    if (!key) throw new Error('signed in without a token')
    return key
  }
  serveBare(app, deps, contract.openSession, async (_, { body }, { request, reply }) => {
    const { token, expiresAt, ended } = await openSession(signIn, {
      ...body,
      userAgent: request.headers['user-agent'],
      traceId: request.id,
    })
    if (ended > 0) sessions.forget()
    setSessionCookie(reply, token, expiresAt, sessions.publicUrl)
    return { token, expiresAt: expiresAt.toISOString() }
  })
  serveBare(app, deps, contract.openWall, async (_, { body }, { request, reply }) => {
    const { token, expiresAt } = await openWall(signIn, { ...body, userAgent: request.headers['user-agent'], traceId: request.id })
    setWallCookie(reply, token, expiresAt, sessions.publicUrl)
    return { expiresAt: expiresAt.toISOString() }
  })
  serve(app, deps, contract.listWalls, async (ctx) => ({ items: await listWalls(ctx) }))
  serve(app, deps, contract.closeWalls, async (ctx, _, { request, reply }) => {
    ctx.afterCommit(sessions.forget)
    clearWallCookie(reply, sessions.publicUrl)
    return { closed: await closeWalls(ctx, keyOf(request)) }
  })
  serve(app, deps, contract.closeSession, async (ctx, _, { request, reply }) => {
    await closeSession(ctx, keyOf(request))
    ctx.afterCommit(sessions.forget)
    clearSessionCookie(reply, sessions.publicUrl)
    return undefined
  })
  serve(app, deps, contract.getSession, (ctx, _, { request }) => ctx.as(systemActor, (system) => timeLeft(system, keyOf(request))))
  serve(app, deps, contract.getMe, (ctx) => getMe(ctx, ctx.actor.accountId!, ctx.actor.postId))
  serve(app, deps, contract.listColleagues, async (ctx, { query }) => ({ items: await listColleagues(ctx, query) }))
  serve(app, deps, contract.actAs, async (ctx, { body }, { request }) => {
    ctx.afterCommit(sessions.forget)
    return actAs(ctx, keyOf(request), body.postId)
  })
  serveBare(app, deps, contract.changePassword, async (actor, { body }, { request }) => {
    await changePassword(signIn, { ...body, accountId: actor.accountId!, key: sessions.keyOf(request), traceId: request.id })
    sessions.forget()
    return undefined
  })
}

function places(app: FastifyInstance, deps: AccessDeps): void {
  serve(app, deps, contract.listAreas, async (ctx, { query }) => ({ items: await listAreas(ctx, query) }))
  serve(app, deps, contract.listBuildings, async (ctx, { query }) => ({ items: await listBuildings(ctx, query.communityId) }))
  serve(app, deps, contract.listOffices, async (ctx, { query }) => ({ items: await listOffices(ctx, query.areaCode) }))
  serve(app, deps, contract.getOutlines, (ctx, { query }) => getOutlines(ctx, query.area, deps.mapTiles ?? []))
  serve(app, deps, contract.listOrganizations, async (ctx, { query }) => ({ items: await listOrganizations(ctx, query) }))
}

function cells(app: FastifyInstance, deps: AccessDeps): void {
  const { participants, areas } = deps
  serve(app, deps, contract.getCells, (ctx, { params }) => getCells(ctx, params.communityId))
  serve(app, deps, contract.previewCellChange, (ctx, { params, body }) => previewCellChange(ctx, participants, params.communityId, body))
  serve(app, deps, contract.changeCells, (ctx, { params, body }) => {
    ctx.afterCommit(() => areas?.forget())
    return changeCells(ctx, participants, params.communityId, body)
  })
  serve(app, deps, contract.listHandovers, (ctx, { query }) => listHandovers(ctx, query))
  serve(app, deps, contract.getHandover, (ctx, { params }) => getHandover(ctx, params.handoverId))
}

function deputies(app: FastifyInstance, deps: AccessDeps): void {
  serve(app, deps, contract.listDeputies, async (ctx) => ({ items: await listDeputies(ctx) }))
  serve(app, deps, contract.listStandIns, async (ctx, { params }) => ({ items: await listStandIns(ctx, params.postId) }))
  serve(app, deps, contract.setDeputy, (ctx, { params, body }) => setDeputy(ctx, params.postId, body))
  serve(app, deps, contract.endDeputy, async (ctx, { params }) => {
    ctx.afterCommit(deps.sessions.forget)
    await endDeputy(ctx, params.deputyId)
    return undefined
  })
}

function administration(app: FastifyInstance, deps: AccessDeps): void {
  const { sessions } = deps
  serve(app, deps, contract.listAccounts, (ctx, { query }) => listAccounts(ctx, query))
  serve(app, deps, contract.createAccount, (ctx, { body }) => createAccount(ctx, body))
  serve(app, deps, contract.grantPost, (ctx, { params, body }) => grantPost(ctx, params.accountId, body))
  serve(app, deps, contract.endPost, async (ctx, { params }) => {
    ctx.afterCommit(sessions.forget)
    await endPost(ctx, deps.participants, params.postId)
    return undefined
  })
  serve(app, deps, contract.setAccountState, (ctx, { params, body }) => {
    ctx.afterCommit(sessions.forget)
    return setAccountState(ctx, params.accountId, body.state, body.reason)
  })
  serve(app, deps, contract.listRoles, async (ctx) => ({ items: await listRoles(ctx) }))
}

function audit(app: FastifyInstance, deps: AccessDeps): void {
  serve(app, deps, contract.searchAudit, (ctx, { query }) => readAudit(ctx, query))
  serve(app, deps, contract.listRefusals, (ctx, { query }) => readRefusals(ctx, query))
  serve(app, deps, contract.verifyAudit, async (ctx) => {
    const { sealedTo, ok, rows, firstBad } = await verifyAudit(ctx, deps.anchors)
    ctx.audit({ action: 'audit.verified', subjectKind: 'audit', detail: { ok, rows } })
    return { sealedTo: sealedTo?.toISOString() ?? null, ok, rows, firstBad }
  })
}
