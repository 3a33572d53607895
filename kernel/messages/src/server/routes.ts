import { type ServeDeps, serve, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import * as inbox from './list-inbox.ts'
import type { Hub } from './live/hub.ts'
import { serveStream } from './live/serve-stream.ts'
import type { Channels } from './outside/channel.ts'
import { hearReceipt } from './outside/hear-receipt.ts'
import { listDeliveries, resendDelivery } from './outside/list-deliveries.ts'
import { getPreference, setPreference } from './outside/preferences.ts'
import { getResidentPreference, setResidentPreference } from './outside/resident-preferences.ts'

export interface MessagesDeps extends ServeDeps, inbox.Wording {
  hub: Hub
  channels: Channels
}

/** Inbox, live push, what leaves the house and what is heard of it. */
export function serveMessages(app: FastifyInstance, deps: MessagesDeps): void {
  serve(app, deps, contract.listInbox, (ctx, { query }) => inbox.listInbox(ctx, deps, query))
  serve(app, deps, contract.readMessages, async (ctx, { body }) => ({ unread: await inbox.readMessages(ctx, body.messageIds) }))
  serve(app, deps, contract.getMessagePreference, (ctx) => getPreference(ctx))
  serve(app, deps, contract.setMessagePreference, (ctx, { body }) => setPreference(ctx, deps.vault, body))
  serve(app, deps, contract.getResidentPreference, (ctx) => getResidentPreference(ctx))
  serve(app, deps, contract.setResidentPreference, (ctx, { body: { requestId: _, ...said } }) => setResidentPreference(ctx, said))
  serve(app, deps, contract.listDeliveries, (ctx, { query }) => listDeliveries(ctx, deps.channels, query))
  serve(app, deps, contract.resendDelivery, (ctx, { params }) => resendDelivery(ctx, params.deliveryId))
  serve(app, deps, contract.hearReceipt, async (ctx, { params, body }) => {
    await ctx.as(systemActor, (system) => hearReceipt(system, deps.channels, params.channel, body))
    return undefined
  })
  serveStream(app, deps, deps.hub)
}
