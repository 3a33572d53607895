import { serve, serveBare, sql } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import { askExport } from './ask-export.ts'
import { backlogRow, isInOwnArea, readItems } from './backlog/backlog-rows.ts'
import { decideBacklog, viewBacklog } from './backlog/decide-backlog.ts'
import { handIn } from './backlog/hand-in.ts'
import { decideExport, listHeldExports } from './decide-export.ts'
import type { ExchangeDeps } from './deps.ts'
import { getOwn, jobOf } from './export-rows.ts'
import { bringFile } from './imports/bring-file.ts'
import { cancelBatch, previewBatch, readFaults, startBatch, undoBatch } from './imports/steer-import.ts'
import { findBatch, listBatches, viewBatch, viewTargets } from './imports/view-batch.ts'
import { cancelExport, listExports, readExportFile, renewExport } from './own-exports.ts'
import { deleteView, listViews, saveView } from './views.ts'

export function exchangeRoutes(app: FastifyInstance, deps: ExchangeDeps): void {
  serve(app, deps, contract.askExport, (ctx, { body }) => askExport(ctx, deps, body))
  serve(app, deps, contract.listExports, (ctx, { query }) => listExports(ctx, deps, query))
  serve(app, deps, contract.listHeldExports, async (ctx) => ({ items: await listHeldExports(ctx, deps) }))
  serve(app, deps, contract.getExport, async (ctx, { params }) => jobOf(await getOwn(ctx, params.exportId), deps.lists))
  serve(app, deps, contract.cancelExport, (ctx, { params }) => cancelExport(ctx, deps, params.exportId))
  serve(app, deps, contract.renewExport, (ctx, { params }) => renewExport(ctx, deps, params.exportId))
  serve(app, deps, contract.decideExport, (ctx, { params, body }) => decideExport(ctx, params.exportId, body))
  serve(app, deps, contract.readExportFile, (ctx, { params }, exchange) => readExportFile(ctx, deps, params.exportId, exchange))
  serve(app, deps, contract.listViews, async (ctx, { query }) => ({ items: await listViews(ctx, deps.lists, query.list) }))
  serve(app, deps, contract.saveView, (ctx, { body }) => saveView(ctx, deps.lists, body))
  serve(app, deps, contract.deleteView, async (ctx, { params }) => {
    await deleteView(ctx, params.viewId)
    return undefined
  })
  importRoutes(app, deps)
  backlogRoutes(app, deps)
}

function backlogRoutes(app: FastifyInstance, deps: ExchangeDeps): void {
  serve(app, deps, contract.handIn, (ctx, { body }) => handIn(ctx, deps, body))
  serve(app, deps, contract.listOwnBacklog, async (ctx) => ({
    items: (await readItems(ctx, sql`b.account_id = ${ctx.actor.accountId}`)).map(backlogRow),
  }))
  serve(app, deps, contract.listBacklog, async (ctx, { query }) => ({
    items: (await readItems(ctx, sql`b.state = ${query.state} AND ${isInOwnArea(ctx)}`)).map(backlogRow),
  }))
  serve(app, deps, contract.getBacklog, (ctx, { params }) => viewBacklog(ctx, deps, params.backlogId))
  serve(app, deps, contract.decideBacklog, (ctx, { params, body }) => decideBacklog(ctx, deps, params.backlogId, body))
}

function importRoutes(app: FastifyInstance, deps: ExchangeDeps): void {
  serve(app, deps, contract.listImportTargets, async (ctx) => ({ items: viewTargets(ctx, deps.importables) }))
  serveBare(app, deps, contract.bringImportFile, (actor, _, exchange) => bringFile(actor, deps, exchange))
  serve(app, deps, contract.listImports, (ctx, { query }) => listBatches(ctx, query))
  serve(app, deps, contract.getImport, async (ctx, { params }) => viewBatch(ctx, await findBatch(ctx, params.batchId)))
  serveBare(app, deps, contract.previewImport, (actor, { params, body }) => previewBatch(actor, deps, params.batchId, body.mapping))
  serve(app, deps, contract.startImport, (ctx, { params, body }) => startBatch(ctx, deps, params.batchId, body))
  serve(app, deps, contract.cancelImport, (ctx, { params }) => cancelBatch(ctx, params.batchId))
  serve(app, deps, contract.undoImport, (ctx, { params, body }) => undoBatch(ctx, params.batchId, body.reason))
  serve(app, deps, contract.readImportFaults, (ctx, { params, query }, exchange) =>
    readFaults(ctx, deps, params.batchId, query.lang, exchange),
  )
}
