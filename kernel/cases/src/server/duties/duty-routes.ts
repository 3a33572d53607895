import { serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/duty.ts'
import type { CasesDeps } from '../deps.ts'
import { decideDutyChange, takeBackDutyChange } from './decide-duty.ts'
import { dutyChoices, listDuties } from './list-duties.ts'
import { proposeDuty } from './propose-duty.ts'
import { viewDuty } from './view-duty.ts'
import { listDutyChanges } from './view-duty-changes.ts'

/** Routes of the duty lists: read by all staff of the place, changed by two. */
export function dutyRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const { catalogue } = deps
  serve(app, deps, contract.listDuties, (ctx, { query }) => listDuties(ctx, catalogue, query))
  serve(app, deps, contract.listDutyChoices, (ctx) => dutyChoices(ctx))
  serve(app, deps, contract.listDutyChanges, async (ctx, { query }) => ({ items: await listDutyChanges(ctx, catalogue, query.state) }))
  serve(app, deps, contract.getDuty, (ctx, { params }) => viewDuty(ctx, catalogue, params.dutyId))
  serve(app, deps, contract.proposeDuty, (ctx, { body: { requestId: _, ...body } }) =>
    proposeDuty(ctx, catalogue, { ...body, change: 'add' }),
  )
  serve(app, deps, contract.proposeAmendment, (ctx, { params, body: { requestId: _, ...body } }) =>
    proposeDuty(ctx, catalogue, { ...body, ...params, change: 'amend' }),
  )
  serve(app, deps, contract.proposeEnd, (ctx, { params, body: { requestId: _, ...body } }) =>
    proposeDuty(ctx, catalogue, { ...body, ...params, change: 'end' }),
  )
  serve(app, deps, contract.decideDutyChange, (ctx, { params, body }) =>
    decideDutyChange(ctx, catalogue, { ...params, confirm: body.confirm, note: body.note }),
  )
  serve(app, deps, contract.takeBackDutyChange, (ctx, { params }) => takeBackDutyChange(ctx, catalogue, params.changeId))
}
