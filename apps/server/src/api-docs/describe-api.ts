import type { Endpoint } from '@linli/base/contract'
import { refusalStatuses } from '@linli/base/server'
import { errorWords } from './error-words.ts'
import { groupOf, groups } from './groups.ts'
import { summariesEn } from './summaries-en.ts'

export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  default?: unknown
}

export interface Content {
  content?: Record<string, { schema?: JsonSchema; example?: unknown }>
}

export interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; schema?: JsonSchema; example?: unknown }[]
  requestBody?: Content
  responses?: Record<string, Content & { description: string }>
  'x-summary-en'?: string
  'x-permission'?: string
  'x-rate-per-minute'?: number
  'x-errors'?: string[]
  'x-idempotent'?: boolean
}

export interface ApiDocument {
  openapi: string
  info: { title: string; version: string; description?: string }
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, JsonSchema>; securitySchemes?: Record<string, unknown> }
  tags?: { name: string; description: string }[]
}

/** What any operation may answer beside what its contract names. */
const general = {
  always: ['base.request_invalid', 'base.rate_limited', 'base.busy'],
  withBody: ['base.request_too_large', 'base.media_unsupported'],
  idempotent: ['base.request_reused'],
  signedIn: ['access.unauthenticated', 'access.forbidden', 'access.request_foreign'],
}

/** The codes of an operation, its own first. */
export function errorsOf(endpoint: Endpoint): string[] {
  return [
    ...new Set([
      ...(endpoint.errors ?? []),
      ...general.always,
      ...(endpoint.method === 'GET' ? [] : general.withBody),
      ...(endpoint.idempotent ? general.idempotent : []),
      ...(endpoint.permission === 'public' ? ['access.request_foreign'] : general.signedIn),
    ]),
  ]
}

/** The document that fastify makes of the contracts, with what it cannot know: who may, how often, and every refusal under its status. */
export function describeApi(bare: ApiDocument, endpoints: ReadonlyMap<string, Endpoint>, perMinute: number): ApiDocument {
  const paths = Object.fromEntries(
    Object.entries(bare.paths ?? {}).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => {
          const inner = path.replace(/^\/api\/v1/, '').replace(/\{(\w+)\}/g, ':$1')
          const name = `${method.toUpperCase()} ${inner}`
          return [method, describe(operation, name, inner, endpoints.get(name), perMinute)]
        }),
      ),
    ]),
  )
  return {
    ...bare,
    info: { ...bare.info, description: 'Guide: docs/integrator.md. Readable pages: /docs (?lang=en); error codes: /docs/errors.' },
    tags: groups.map(({ key, zh, en }) => ({ name: key, description: `${zh} · ${en}` })),
    paths,
    components: {
      ...bare.components,
      schemas: { ...bare.components?.schemas, Problem: problemSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'linli_session' } },
    },
  }
}

function describe(operation: Operation, name: string, path: string, endpoint: Endpoint | undefined, perMinute: number): Operation {
  const known = { ...operation, operationId: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), tags: [groupOf(path).key] }
  const english = summariesEn[name]
  if (!endpoint) return { ...known, ...(english && { 'x-summary-en': english }) }
  const errors = errorsOf(endpoint)
  return {
    ...known,
    security: endpoint.permission === 'public' ? [] : [{ bearer: [] }, { session: [] }],
    responses: { ...successesOf(operation, endpoint), ...refusalsOf(errors) },
    ...(english && { 'x-summary-en': english }),
    'x-permission': endpoint.permission,
    'x-rate-per-minute': endpoint.rate ?? perMinute,
    'x-errors': errors,
    ...(endpoint.idempotent && { 'x-idempotent': true }),
  }
}

/** A replay may have a status of its own, with the same answer. */
function successesOf({ responses = {} }: Operation, { status = 200, replayStatus }: Endpoint): NonNullable<Operation['responses']> {
  const first = responses[String(status)]
  if (!first) return responses
  const named = { ...responses, [status]: { ...first, description: status === 201 ? 'Made' : 'Done' } }
  return replayStatus && replayStatus !== status
    ? { ...named, [replayStatus]: { ...first, description: 'The same request again: the same answer' } }
    : named
}

function refusalsOf(errors: readonly string[]): NonNullable<Operation['responses']> {
  const byStatus = Map.groupBy(errors, (code) => refusalStatuses.get(code) ?? 500)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${errorWords[code]?.zh ?? ''}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

/** RFC 9457, as every refusal is answered. */
const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'traceId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    traceId: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    current: {},
  },
}
