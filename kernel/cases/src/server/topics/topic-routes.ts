import { serve, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/topic.ts'
import type { CasesDeps } from '../deps.ts'
import { actOnTopic, openTopic } from './act-on-topic.ts'
import { listTopicItems, sortTopicItems } from './topic-items.ts'
import { listTopics, publicTopics, viewTopic } from './view-topic.ts'

/** Routes of the voice of residents (民情). None of them takes or answers a person. */
export function topicRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const { catalogue } = deps
  serve(app, deps, contract.listTopics, (ctx, { query }) => listTopics(ctx, query))
  serve(app, deps, contract.openTopic, (ctx, { body: { requestId: _, ...topic } }) => openTopic(ctx, catalogue, topic))
  serve(app, deps, contract.getTopic, (ctx, { params }) => viewTopic(ctx, params.topicId))
  serve(app, deps, contract.listTopicItems, (ctx, { params, query }) => listTopicItems(ctx, catalogue, params.topicId, query))
  serve(app, deps, contract.sortTopicItems, (ctx, { params, body: { isIn, items } }) =>
    sortTopicItems(ctx, catalogue, { ...params, isIn, items }),
  )
  serve(app, deps, contract.actOnTopic, (ctx, { params, body: { requestId: _, expectedVersion, ...data } }) =>
    actOnTopic(ctx, { ...params, expectedVersion, data }),
  )
  serve(app, deps, contract.listPublicTopics, (ctx) =>
    ctx.as(systemActor, async (system) => ({ asOf: system.now.toISOString(), items: await publicTopics(system) })),
  )
}
