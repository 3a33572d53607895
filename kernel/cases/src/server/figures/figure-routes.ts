import { within } from '@linli/access/server'
import { serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/index.ts'
import type { CasesDeps } from '../deps.ts'
import { listFigure } from './list-figure.ts'
import { listFirstTimes } from './list-first-times.ts'
import { appealStatistics, areaStatistics, eventStatistics } from './statistics.ts'

/** Routes of the statistics. */
export function figureRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const { catalogue } = deps
  serve(app, deps, contract.getAppealStatistics, (ctx, { query }) =>
    within(ctx, query.area, (narrowed) => appealStatistics(narrowed, catalogue, query.days)),
  )
  serve(app, deps, contract.getEventStatistics, (ctx, { query }) =>
    within(ctx, query.area, (narrowed) => eventStatistics(narrowed, catalogue, query.days)),
  )
  serve(app, deps, contract.getAreaStatistics, (ctx, { query }) =>
    within(ctx, query.area, (narrowed) => areaStatistics(narrowed, catalogue, query.kind, query.days, ctx.actor.areaPath ?? '')),
  )
  serve(app, deps, contract.listFigure, (ctx, { query }) => within(ctx, query.area, (narrowed) => listFigure(narrowed, deps, query)))
  serve(app, deps, contract.listFirstTimes, (ctx, { query }) => within(ctx, query.area, (narrowed) => listFirstTimes(narrowed, query)))
}
