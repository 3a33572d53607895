export { createHub, type Hub, type HubOptions } from './live/hub.ts'
export type { LiveTopic } from './live/topic.ts'
export * from './routes.ts'
export * from './tell-posts.ts'
