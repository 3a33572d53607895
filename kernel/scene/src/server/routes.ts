import { type ServeDeps, serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import { listScenes } from './list-scenes.ts'
import type { LoadedScenes } from './load-scenes.ts'
import { switchScene } from './switch-scene.ts'

export function sceneRoutes(app: FastifyInstance, deps: ServeDeps, loaded: LoadedScenes): void {
  serve(app, deps, contract.listScenes, async (ctx) => ({ items: await listScenes(ctx, loaded) }))
  serve(app, deps, contract.switchScene, (ctx, { params, body }) => switchScene(ctx, loaded, { key: params.key, ...body }))
  serve(app, deps, contract.listLabels, async (_, { query }) => ({ lang: query.lang, labels: { ...loaded.labels(query.lang) } }))
}
