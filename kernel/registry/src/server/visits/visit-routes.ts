import { FileError, type FileStore, findOwnedFile, openFile, serve, sql, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/visit.ts'
import { checkSeesPerson } from '../change-person.ts'
import type { RegistryDeps } from '../deps.ts'
import { listVisits } from './list-visits.ts'
import { recordVisit } from './record-visit.ts'
import { settleCorrection } from './settle-correction.ts'

/** Visits of people, and what they left to be looked at. */
export function visitRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  serve(app, deps, contract.recordVisit, (ctx, { params, body }) => recordVisit(ctx, deps, params.personId, body))
  serve(app, deps, contract.listVisits, async (ctx, { params }) => ({ items: await listVisits(ctx, deps, params.personId) }))
  serve(app, deps, contract.settleCorrection, (ctx, { params, body }) =>
    settleCorrection(ctx, deps, params.personId, params.correctionId, body.outcome),
  )
}

/** Photos of visits are read through the file of their person. */
export function visitFileRoutes(app: FastifyInstance, deps: RegistryDeps, store: FileStore): void {
  serve(app, deps, contract.readVisitFile, async (ctx, { params, query }, { reply }) => {
    await checkSeesPerson(ctx, params.personId)
    const file = await ctx.as(systemActor, async (system) => {
      const visit = await system.find(sql<{ visit_id: string }>`
        SELECT visit_id FROM registry.visit WHERE person_id = ${params.personId} AND ${params.fileId}::uuid = ANY (attachments)`)
      return visit && findOwnedFile(system, params.fileId, 'visit', visit.visit_id)
    })
    if (!file) throw FileError('not_found', { detail: '没有这张照片' })
    return openFile(reply, store, file, query.size)
  })
}
