import { BaseError } from '@linli/base/define'
import { type Ctx, serve, sql, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import type { CasesDeps, Place } from './deps.ts'
import { CaseError } from './errors.ts'
import { countCases, listCases } from './list-cases.ts'
import { moveCase, moveUnattended } from './move-case.ts'
import { openCase } from './open-case.ts'
import { findByCode, findByTail, viewPublicCase } from './public-case.ts'
import { listRatings, rateCase } from './rate-case.ts'
import { revealContact } from './reveal-contact.ts'
import { suggestRoute } from './route-case.ts'
import { viewCase, viewEntries } from './view-case.ts'

/** Routes of staff and residents. */
export function caseRoutes(app: FastifyInstance, deps: CasesDeps): void {
  staffRoutes(app, deps)
  residentRoutes(app, deps)
}

function staffRoutes(app: FastifyInstance, deps: CasesDeps): void {
  serve(app, deps, contract.listCases, (ctx, { query }) => listCases(ctx, deps, query))
  serve(app, deps, contract.countCases, async (ctx, { query }) => ({
    asOf: ctx.now.toISOString(),
    queues: await countCases(ctx, query.kind),
  }))
  serve(app, deps, contract.getCase, (ctx, { params }) => viewCase(ctx, deps, params.caseId))
  serve(app, deps, contract.listEntries, async (ctx, { params }) => ({ items: await viewEntries(ctx, deps, params.caseId) }))
  serve(app, deps, contract.suggestRoute, async (ctx, { params }) => ({ items: await suggestRoute(ctx, params.caseId) }))
  serve(app, deps, contract.moveCase, async (ctx, { params, body }) => {
    await moveCase(ctx, deps, { caseId: params.caseId, key: params.key, expectedSeq: body.expectedSeq, data: body.data })
    return viewCase(ctx, deps, params.caseId)
  })
  serve(app, deps, contract.revealContact, async (ctx, { params, body }) => ({
    values: await revealContact(ctx, deps, params.caseId, body.reason, body.fields),
    secondsShown: 60,
  }))
  serve(app, deps, contract.openCase, async (ctx, { body }) => {
    const place = await placeOf(ctx, deps, body.areaCode)
    if (!ctx.actor.areaPath || !place.areaPath.startsWith(ctx.actor.areaPath)) {
      throw BaseError('request_invalid', {
        detail: '只能登记本辖区的事',
        fields: [{ path: 'areaCode', message: '请选本辖区的社区或网格' }],
      })
    }
    return openCase(ctx, deps, { ...body, ...appealAt(deps, place), placeText: body.place })
  })
}

function residentRoutes(app: FastifyInstance, deps: CasesDeps): void {
  serve(app, deps, contract.listCategories, async () => ({
    items: deps.catalogue.categories.map(({ key, name, examples }) => ({ key, name, examples })),
  }))
  serve(app, deps, contract.fileAppeal, async (ctx, { body }) => {
    const place = await placeOf(ctx, deps, body.areaCode)
    const { number, code } = await openCase(ctx, deps, { ...body, ...appealAt(deps, place), channel: 'app', placeText: body.place })
    return { number, code }
  })
  serve(app, deps, contract.getPublicCase, (ctx, { params, query }) =>
    ctx.as(systemActor, async (system) => viewPublicCase(system, deps, await findByTail(system, deps, params.number, query.tail))),
  )
  serve(app, deps, contract.reopenPublicCase, (ctx, { params, body }) =>
    residentMove(ctx, deps, params.number, body.tail, 'reopen', { reason: body.reason }),
  )
  serve(app, deps, contract.withdrawPublicCase, (ctx, { params, body }) =>
    residentMove(ctx, deps, params.number, body.tail, 'withdraw', {}),
  )
  serve(app, deps, contract.addToPublicCase, (ctx, { params, body }) =>
    residentMove(ctx, deps, params.number, body.tail, 'add', { detail: body.detail, attachments: body.attachments }),
  )
  serve(app, deps, contract.erasePublicContact, (ctx, { params, body }) =>
    ctx.as(systemActor, async (system) => {
      const row = await findByTail(system, deps, params.number, body.tail)
      if (row.status === 'open') throw CaseError('move_forbidden', { detail: '办结以后可以抹去联系方式；现在抹去，就没人能回您了' })
      if (row.contact_key_id) await deps.erasePerson(system, row.contact_key_id)
      await system.run(
        sql`UPDATE cases.case_file SET contact_erased_at = coalesce(contact_erased_at, ${system.now}) WHERE case_id = ${row.case_id}`,
      )
      system.audit({ action: 'cases.erase-contact', subjectKind: 'case', subjectId: row.case_id, areaPath: row.area_path })
      return viewPublicCase(system, deps, { ...row, contact_erased_at: system.now })
    }),
  )
  serve(app, deps, contract.rateByCode, (ctx, { params, body }) =>
    ctx.as(systemActor, async (system) => rateCase(system, deps, await findByCode(system, deps, params.code), body.score, body.text)),
  )
  serve(app, deps, contract.rateByNumber, (ctx, { params, body }) =>
    ctx.as(systemActor, async (system) =>
      rateCase(system, deps, await findByTail(system, deps, params.number, body.tail), body.score, body.text),
    ),
  )
  serve(app, deps, contract.listRatings, (ctx, { query }) =>
    ctx.as(systemActor, async (system) => ({ asOf: system.now.toISOString(), items: await listRatings(system, query.days) })),
  )
}

function residentMove(
  ctx: Ctx,
  deps: CasesDeps,
  number: string,
  tail: string,
  key: string,
  data: Record<string, unknown>,
): Promise<contract.PublicCase> {
  return ctx.as(systemActor, async (system) => {
    const row = await findByTail(system, deps, number, tail)
    await moveUnattended(system, deps, row.case_id, key, data)
    return viewPublicCase(system, deps, await findByTail(system, deps, number, tail))
  })
}

async function placeOf(ctx: Ctx, deps: CasesDeps, areaCode: string): Promise<Place> {
  const place = await deps.findPlace(ctx, areaCode)
  if (!place) throw BaseError('request_invalid', { detail: '没有这个地方', fields: [{ path: 'areaCode', message: '请从列表里选社区' }] })
  return place
}

function appealAt(deps: CasesDeps, place: Place) {
  const type = deps.catalogue.appealTypeFor(place.areaPath)
  if (!type) throw CaseError('type_unknown', { detail: '这里还没有开通报事' })
  return { type, place }
}
