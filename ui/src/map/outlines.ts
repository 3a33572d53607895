import type { AnswerOf } from '../client/client.ts'

/** The ground of a map, as the server draws it. */
export type Outlines = AnswerOf<'GET /areas/outlines'>
