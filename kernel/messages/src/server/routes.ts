import { type ServeDeps, serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { listInbox, readMessages } from '../contract/inbox.ts'
import * as inbox from './list-inbox.ts'
import type { Hub } from './live/hub.ts'
import { serveStream } from './live/serve-stream.ts'

export interface MessagesDeps extends ServeDeps, inbox.Wording {
  hub: Hub
}

/** Inbox and live push. */
export function serveMessages(app: FastifyInstance, deps: MessagesDeps): void {
  serve(app, deps, listInbox, (ctx, { query }) => inbox.listInbox(ctx, deps, query))
  serve(app, deps, readMessages, async (ctx, { body }) => ({ unread: await inbox.readMessages(ctx, body.messageIds) }))
  serveStream(app, deps, deps.hub)
}
