import { within } from '@linli/access/server'
import { serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import { bindGateway, changeState, rotateSecret } from './change-device.ts'
import { changeWatch } from './change-watch.ts'
import { decideQuarantine } from './decide-quarantine.ts'
import type { SignalsDeps } from './deps.ts'
import type { AlarmRules } from './ingest.ts'
import { listDevices, listFirmware } from './list-devices.ts'
import { listEpisodes } from './list-episodes.ts'
import { listOverview } from './list-overview.ts'
import { listQuarantine } from './list-quarantine.ts'
import { listRules } from './list-rules.ts'
import { moveEpisode } from './move-episode.ts'
import { openHealthNote } from './open-health-note.ts'
import { registerCertificate } from './register-certificate.ts'
import { registerDevice } from './register-device.ts'
import { tryRule } from './try-rule.ts'
import { viewDevice, viewTelemetry } from './view-device.ts'
import { viewEpisode } from './view-episode.ts'
import { viewWatch } from './view-watch.ts'
import { visitEpisode } from './visit-episode.ts'

/** The ledger of devices and the quarantine. */
export function deviceRoutes(app: FastifyInstance, deps: SignalsDeps, rules: AlarmRules): void {
  serve(app, deps, contract.listDevices, (ctx, { query }) => listDevices(ctx, query))
  serve(app, deps, contract.getDevice, (ctx, { params }) => viewDevice(ctx, deps, params.deviceId))
  serve(app, deps, contract.listTelemetry, (ctx, { params, query }) => viewTelemetry(ctx, params.deviceId, query.limit))
  serve(app, deps, contract.registerDevice, (ctx, { body }) => registerDevice(ctx, deps, body))
  serve(app, deps, contract.rotateSecret, (ctx, { params, body }) => rotateSecret(ctx, deps, params.deviceId, body.reason))
  serve(app, deps, contract.registerCertificate, (ctx, { params, body }) => registerCertificate(ctx, deps, params.deviceId, body))
  serve(app, deps, contract.changeDeviceState, (ctx, { params, body }) => changeState(ctx, deps, params.deviceId, body))
  serve(app, deps, contract.bindGateway, (ctx, { params, body }) => bindGateway(ctx, deps, params.deviceId, body))
  serve(app, deps, contract.listFirmware, (ctx) => listFirmware(ctx))
  serve(app, deps, contract.listQuarantine, (ctx, { query }) => listQuarantine(ctx, query))
  serve(app, deps, contract.decideQuarantine, (ctx, { params, body }) => decideQuarantine(ctx, rules, params.quarantineId, body))
}

/** Alarms and what people do with them, and what a person wants of the rules that watch over them. */
export function episodeRoutes(app: FastifyInstance, deps: SignalsDeps): void {
  serve(app, deps, contract.listEpisodes, (ctx, { query }) => listEpisodes(ctx, deps, query))
  serve(app, deps, contract.listEpisodeOverview, (ctx, { query }) => within(ctx, query.area, (narrowed) => listOverview(narrowed, deps)))
  serve(app, deps, contract.getEpisode, (ctx, { params }) => viewEpisode(ctx, deps, params.episodeId))
  serve(app, deps, contract.listRules, (ctx, { query }) => listRules(ctx, deps, query.days))
  serve(app, deps, contract.tryRule, (ctx, { params, query }) => tryRule(ctx, deps, params.key, query))
  serve(app, deps, contract.moveEpisode, (ctx, { params, body }) => moveEpisode(ctx, deps, params.episodeId, { ...body, key: params.key }))
  serve(app, deps, contract.visitEpisode, (ctx, { params, body }) => visitEpisode(ctx, deps, params.episodeId, body))
  serve(app, deps, contract.openHealthNote, (ctx, { params }) => openHealthNote(ctx, deps, params.episodeId))
  serve(app, deps, contract.getWatch, (ctx, { params }) => viewWatch(ctx, deps, params.personId))
  serve(app, deps, contract.changeWatch, (ctx, { params, body }) => changeWatch(ctx, deps, params.personId, body))
}
