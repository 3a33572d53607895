import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { FieldProblem, Problem } from '../contract/problem.ts'
import { refusalsZh } from '../words/zh.ts'
import { isDatabaseAway } from './database.ts'
import { BaseError, Refusal } from './errors.ts'
import { findUnstorable } from './unstorable.ts'

export interface HttpOptions {
  version: string
  /** Checks every answer against its contract: on in test mode, off where every millisecond is somebody's. */
  checkAnswers: boolean
  log: boolean | { level: string }
  /** Whose word for the client's address is taken: so many proxies in front of us, or those at these addresses. Nobody's by default. */
  trustProxy?: number | string[] | undefined
}

/** Fastify with our manners: contracts validated by zod, problem JSON for every refusal, OpenAPI 3.1, no stack ever shown. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const trusted = options.trustProxy
  const app = fastify({
    logger: options.log === true ? { level: 'warn', redact: ['req.headers.authorization', 'req.headers.cookie'] } : options.log,
    bodyLimit: 256 * 1024,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    trustProxy: typeof trusted === 'number' ? (_, hop) => hop < trusted : (trusted ?? false),
    // Addresses that the router itself gives up on never reach the error handler.
    frameworkErrors: (error, request, reply) => sendProblem(reply, addressProblem(error, request.id)),
  })
  app.setValidatorCompiler((route) => {
    const validate = validatorCompiler(route as Parameters<typeof validatorCompiler>[0])
    return (input) => {
      const problem = findUnstorable(input, route.httpPart ?? 'body')
      return problem ? { error: BaseError('request_invalid', { fields: [problem] }) } : validate(input)
    }
  })
  app.setSerializerCompiler(({ schema }) => {
    const contract = schema as unknown as z.ZodType
    return (value) => JSON.stringify(options.checkAnswers ? contract.parse(value) : value)
  })
  app.decorateRequest('actor', undefined)
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error as FastifyError, request.id)
    if (problem.status >= 500 && !(error instanceof Refusal)) request.log.error({ err: error, code: problem.code }, 'request failed')
    if (problem.status === 503) reply.header('retry-after', '2')
    const retryAfter = error instanceof Refusal ? error.more.retryAfterSeconds : undefined
    if (retryAfter) reply.header('retry-after', String(retryAfter))
    return sendProblem(reply, problem)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, toProblem(BaseError('not_found'), request.id)))
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: 12 * 1024 * 1024, files: 1, fields: 4, parts: 5 } })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Linli 邻里', version: options.version, license: { name: 'Apache-2.0' } } },
    transform: jsonSchemaTransform,
  })
  return app
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).header('content-type', 'application/problem+json').serializer(JSON.stringify).send(problem)
}

/** A part of the address longer than any id, or one that cannot be decoded. */
function addressProblem({ code }: FastifyError, traceId: string): Problem {
  const isTooLong = code === 'FST_ERR_MAX_PARAM_LENGTH'
  return toProblem(
    isTooLong ? BaseError('not_found') : BaseError('request_invalid', { fields: [{ path: 'url', message: '地址写错了' }] }),
    traceId,
  )
}

/** Any error as problem JSON. What is not an expected refusal is a 5xx whose text stays in the log. */
export function toProblem(error: Error & Partial<FastifyError>, traceId: string): Problem {
  if (error instanceof Refusal) return make(error.status, error.code, traceId, error.more)
  if (isZodFailure(error)) return toProblem(BaseError('request_invalid', { fields: fieldsOf(error) }), traceId)
  if (isDatabaseAway(error))
    return toProblem(BaseError('busy', { detail: '系统正在恢复，请稍后再试；没有收到回执的内容可以放心重发' }), traceId)
  const status = error.statusCode
  if (status === 413) return toProblem(BaseError('request_too_large'), traceId)
  if (status === 415) return toProblem(BaseError('media_unsupported'), traceId)
  if (status && status >= 400 && status < 500)
    return make(status, 'base.request_invalid', traceId, { detail: '请求的格式不对', fields: [{ path: '', message: '不是合格的 JSON' }] })
  const code = (error as { code?: string }).code
  // 22P05/22021: text that PostgreSQL cannot hold; 22003: a number beyond its type; 2200[789]: a time that there is not. Wrong input, whoever let it through.
  if (/^(22P05|22021|22003|2200[789])$/.test(code ?? ''))
    return toProblem(BaseError('request_invalid', { detail: '含有不能保存的字符或数字' }), traceId)
  if (code === '55P03' || code === '57014') return toProblem(BaseError('busy'), traceId)
  return make(500, 'base.failed', traceId, { detail: refusalsZh['base.failed'] })
}

function make(
  status: number,
  code: string,
  traceId: string,
  more: { detail?: string; fields?: FieldProblem[]; current?: unknown },
): Problem {
  const problem: Problem = { type: `/docs/errors#${code}`, title: titleOf(status), status, code, traceId }
  if (more.detail) problem.detail = more.detail
  if (more.fields) problem.fields = more.fields
  if (more.current !== undefined) problem.current = more.current
  return problem
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Changed meanwhile',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media',
  422: 'Not acceptable content',
  423: 'Locked',
  429: 'Too many requests',
  503: 'Try again shortly',
}
const titleOf = (status: number): string => titles[status] ?? 'Failed'

interface ZodFailure {
  validation: { instancePath: string; message?: string; params?: unknown; keyword?: string }[]
  validationContext?: string
}

function isZodFailure(error: unknown): error is Error & ZodFailure {
  return Array.isArray((error as ZodFailure).validation)
}

function fieldsOf(error: ZodFailure): FieldProblem[] {
  return error.validation.slice(0, 20).map((issue) => ({
    path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || (error.validationContext ?? 'body'),
    message: issue.message ?? '不合要求',
  }))
}
