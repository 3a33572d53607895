import { serve, serveBare } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/resident-alarm.ts'
import type { SignalsDeps } from '../deps.ts'
import type { Ingest } from '../ingest.ts'
import { callForHelp } from './call-for-help.ts'
import { changeOwnWatch, viewOwnWatch } from './own-watch.ts'
import { listResidentAlarms, replyToAlarm } from './resident-alarms.ts'

/** The person's own phone: calling for help, and who is coming. */
export function residentAlarmRoutes(app: FastifyInstance, deps: SignalsDeps, ingest: Ingest): void {
  serveBare(app, deps, contract.callForHelp, (actor, { body }) => callForHelp(deps, ingest, actor, body))
  serve(app, deps, contract.listResidentAlarms, (ctx) => listResidentAlarms(ctx, deps))
  serve(app, deps, contract.getOwnWatch, (ctx) => viewOwnWatch(ctx, deps))
  serve(app, deps, contract.changeOwnWatch, (ctx, { body }) => changeOwnWatch(ctx, deps, body.rule, body.isMuted))
  serve(app, deps, contract.replyToAlarm, (ctx, { params, body }) => replyToAlarm(ctx, deps, params.episodeId, body.reply))
}
