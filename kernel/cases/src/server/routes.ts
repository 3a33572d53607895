import { AccountError, within } from '@linli/access/server'
import { type Ctx, serve, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import type { CaseKind, residentMoves } from '../define/case-type.ts'
import { reloadFile } from './case-rows.ts'
import type { CasesDeps, Place } from './deps.ts'
import { dutyRoutes } from './duties/duty-routes.ts'
import { CaseError } from './errors.ts'
import { assistanceStatistics } from './figures/assistance-statistics.ts'
import { countAreas } from './figures/count-areas.ts'
import { figureRoutes } from './figures/figure-routes.ts'
import { listOverview } from './figures/list-overview.ts'
import { countCases } from './lists/count-cases.ts'
import { countListed, listCases } from './lists/list-cases.ts'
import { listTerms } from './lists/list-terms.ts'
import { lockCase } from './lock-case.ts'
import { moveCase, moveUnattended } from './move-case.ts'
import { openCase, titleOf } from './open-case.ts'
import { openRequest } from './open-request.ts'
import { printReceipt } from './print-receipt.ts'
import { eraseContact } from './residents/erase-contact.ts'
import { findByCode, findByTail } from './residents/look-up.ts'
import { viewPublicCase } from './residents/public-case.ts'
import { listRatings, rateCase } from './residents/rate-case.ts'
import { revealContact } from './residents/reveal-contact.ts'
import { suggestRoute } from './routing/route-case.ts'
import { findSimilarTo, listSimilar } from './similar/list-similar.ts'
import { openSame } from './similar/open-same.ts'
import { findPublicSimilar, joinByTicket } from './similar/public-similar.ts'
import { linkSubjects } from './subjects/link-subjects.ts'
import { topicRoutes } from './topics/topic-routes.ts'
import { viewCase, viewMoved } from './view-case.ts'
import { viewEntries } from './view-entries.ts'

/** Whoever looks for something reads on in no list that is longer, and must not wait for its length. */
const mostCounted = 1000

/** Routes of staff and residents. */
export function caseRoutes(app: FastifyInstance, deps: CasesDeps): void {
  staffRoutes(app, deps)
  figureRoutes(app, deps)
  residentRoutes(app, deps)
  requestRoutes(app, deps)
  dutyRoutes(app, deps)
  topicRoutes(app, deps)
}

function staffRoutes(app: FastifyInstance, deps: CasesDeps): void {
  // Planning a page for its very values takes longer than reading it; that one plan serves all is tested with a fifth of a million cases.
  serve(app, deps, contract.listCases, (ctx, { query }) => listCases(ctx, deps, query), { isPage: true })
  serve(app, deps, contract.findTotal, async (ctx, { query }) => {
    const found = await countListed(ctx, deps, query, mostCounted)
    return { asOf: ctx.now.toISOString(), total: Math.min(found, mostCounted), isMore: found > mostCounted }
  })
  serve(app, deps, contract.listTerms, (ctx, { query }) => listTerms(ctx, deps, query))
  serve(app, deps, contract.countCases, async (ctx, { query }) => ({
    asOf: ctx.now.toISOString(),
    queues: await countCases(ctx, query.kind),
  }))
  serve(app, deps, contract.countAreas, (ctx, { query }) =>
    within(ctx, query.area, (narrowed) => countAreas(narrowed, deps.catalogue, query.kind, ctx.actor.areaPath ?? '')),
  )
  serve(app, deps, contract.listOverview, (ctx, { query }) =>
    within(ctx, query.area, async (narrowed) => ({ asOf: ctx.now.toISOString(), ...(await listOverview(narrowed, deps, query)) })),
  )
  serve(app, deps, contract.getCase, (ctx, { params }) => viewCase(ctx, deps, params.caseId))
  serve(app, deps, contract.listEntries, async (ctx, { params }) => ({ items: await viewEntries(ctx, deps, params.caseId) }))
  serve(app, deps, contract.suggestRoute, async (ctx, { params }) => ({ items: await suggestRoute(ctx, deps, params.caseId) }))
  serve(app, deps, contract.moveCase, async (ctx, { params, body }) => {
    await moveCase(ctx, deps, { caseId: params.caseId, key: params.key, expectedSeq: body.expectedSeq, data: body.data })
    return viewMoved(ctx, deps, params.caseId)
  })
  serve(app, deps, contract.revealContact, async (ctx, { params, body }) => ({
    values: await revealContact(ctx, deps, params.caseId, body.reason, body.fields),
    secondsShown: 60,
  }))
  serve(app, deps, contract.printReceipt, (ctx, { params, body }) => printReceipt(ctx, deps, params.caseId, body.reason))
  serve(app, deps, contract.openCase, (ctx, { body }) => openAsFiled(ctx, deps, body))
  serve(app, deps, contract.listSimilar, (ctx, { params }) => listSimilar(ctx, deps, params.caseId))
  serve(app, deps, contract.findSimilar, async (ctx, { body }) => {
    const { type, place } = typeAt(deps, body.kind, await ownPlaceOf(ctx, deps, body.areaCode))
    const { category = null, position = null, detail } = body
    const sighting = {
      communityId: place.communityId,
      place: body.place ?? null,
      position,
      at: ctx.now.getTime(),
      words: titleOf(detail),
      category,
    }
    return findSimilarTo(ctx, type, sighting)
  })
}

/** Opens what staff took down or reported, where the acting post may. */
export async function openAsFiled(ctx: Ctx, deps: CasesDeps, body: contract.OpenedAtCounter) {
  const opening = { ...body, ...typeAt(deps, body.kind, await ownPlaceOf(ctx, deps, body.areaCode)), placeText: body.place }
  const opened = await (body.sameAs ? openSame(ctx, deps, opening, body.sameAs) : openCase(ctx, deps, opening))
  await linkSubjects(ctx, deps, opened.caseId, body.subjects)
  return opened
}

function requestRoutes(app: FastifyInstance, deps: CasesDeps): void {
  serve(app, deps, contract.openRequest, async (ctx, { body }) => {
    const place = await placeOf(ctx, deps, body.areaCode)
    if (!ctx.actor.areaPath || !place.areaPath.startsWith(ctx.actor.areaPath)) {
      throw AccountError('area_forbidden', {
        detail: '只能请本辖区的社区协助',
        fields: [{ path: 'areaCode', message: '请选本辖区的社区' }],
      })
    }
    return openRequest(ctx, deps, { ...typeAt(deps, body.kind, place), data: body.data })
  })
  serve(app, deps, contract.getRequestForm, async (_, { query }) => ({
    form: deps.catalogue.all().find(({ kind }) => kind === query.kind)?.form ?? null,
  }))
  serve(app, deps, contract.getAssistanceStatistics, (ctx, { query }) =>
    within(ctx, query.area, (narrowed) => assistanceStatistics(narrowed, deps.catalogue, query.days)),
  )
}

function residentRoutes(app: FastifyInstance, deps: CasesDeps): void {
  serve(app, deps, contract.listCategories, async (ctx, { query }) => ({
    isOpen:
      query.areaCode === undefined || deps.catalogue.typeFor(query.kind, (await placeOf(ctx, deps, query.areaCode)).areaPath) !== undefined,
    items: deps.catalogue.categoriesFor(query.kind).map(({ key, name, examples }) => ({ key, name, examples: [...examples] })),
  }))
  serve(app, deps, contract.fileAppeal, async (ctx, { body }) => {
    const place = await placeOf(ctx, deps, body.areaCode)
    const opened = await openCase(ctx, deps, { ...body, ...typeAt(deps, 'appeal', place), channel: 'app', placeText: body.place })
    const { number, code } = opened
    const { sameAs } = body
    if (!sameAs) return { number, code }
    return { number, code, joined: await ctx.as(systemActor, (system) => joinByTicket(system, deps, opened.caseId, sameAs)) }
  })
  serve(app, deps, contract.findPublicSimilar, async (ctx, { body }) => {
    const place = await placeOf(ctx, deps, body.areaCode)
    const type = deps.catalogue.typeFor('appeal', place.areaPath)
    const { category, detail, place: spot } = body
    const items = type
      ? await ctx.as(systemActor, (system) => findPublicSimilar(system, deps, { type, place, category, detail, spot }))
      : []
    return { asOf: ctx.now.toISOString(), items }
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
      const { case_id } = await findByTail(system, deps, params.number, body.tail)
      await eraseContact(system, deps, case_id)
      return viewPublicCase(system, deps, await reloadFile(system, case_id))
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
  key: (typeof residentMoves)[number],
  data: Record<string, unknown>,
): Promise<contract.PublicCase> {
  return ctx.as(systemActor, async (system) => {
    const { case_id } = await findByTail(system, deps, number, tail)
    await moveUnattended(system, deps, await lockCase(system, deps, case_id), key, data)
    return viewPublicCase(system, deps, await reloadFile(system, case_id))
  })
}

/** The area of a code. Nobody takes matters in above a township: one that is filed there would wait for ever. */
async function placeOf(ctx: Ctx, deps: CasesDeps, areaCode: string): Promise<Place> {
  const place = await deps.findPlace(ctx, areaCode)
  if (!place?.townshipId)
    throw AccountError('area_unknown', { detail: '没有这个地方', fields: [{ path: 'areaCode', message: '请从列表里选社区' }] })
  return place
}

/** A place in the acting post's own area. */
async function ownPlaceOf(ctx: Ctx, deps: CasesDeps, areaCode: string): Promise<Place> {
  const place = await placeOf(ctx, deps, areaCode)
  if (ctx.actor.areaPath && place.areaPath.startsWith(ctx.actor.areaPath)) return place
  throw AccountError('area_forbidden', {
    detail: '只能登记本辖区的事',
    fields: [{ path: 'areaCode', message: '请选本辖区的社区或网格' }],
  })
}

function typeAt(deps: CasesDeps, kind: CaseKind, place: Place) {
  const type = deps.catalogue.typeFor(kind, place.areaPath)
  if (!type) throw CaseError('type_unknown', { detail: kind === 'appeal' ? '这里还没有开通报事' : '这里还没有开通这类事项' })
  return { type, place }
}
