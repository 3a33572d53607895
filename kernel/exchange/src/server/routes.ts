import { serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import { askExport } from './ask-export.ts'
import { decideExport, listHeldExports } from './decide-export.ts'
import type { ExchangeDeps } from './deps.ts'
import { getOwn, jobOf } from './export-rows.ts'
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
}
