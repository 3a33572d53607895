import type { Endpoint } from '@linli/base/contract'
import type { FastifyInstance } from 'fastify'
import { sendPage } from '../portals.ts'
import { type ApiDocument, describeApi } from './describe-api.ts'
import { docsPage, errorsPage } from './docs-page.ts'
import type { DocsLanguage } from './docs-words.ts'

/** `/openapi.json`, `/docs` and `/docs/errors`. Call it before the routes that it is to describe; what it tells is made at the first question. */
export function apiDocs(app: FastifyInstance, perMinute: number): void {
  const endpoints = new Map<string, Endpoint>()
  app.addHook('onRoute', ({ config }) => {
    const endpoint = (config as { endpoint?: Endpoint } | undefined)?.endpoint
    if (endpoint) endpoints.set(`${endpoint.method} ${endpoint.path}`, endpoint)
  })
  let made: ApiDocument | undefined
  const document = (): ApiDocument => {
    made ??= describeApi(app.swagger() as unknown as ApiDocument, endpoints, perMinute)
    return made
  }
  const languageOf = (url: string): DocsLanguage => (new URLSearchParams(url.split('?')[1]).get('lang') === 'en' ? 'en' : 'zh')
  const hidden = { schema: { hide: true } }
  app.get('/openapi.json', hidden, async () => document())
  app.get('/docs', hidden, async (request, reply) => sendPage(reply, (nonce) => docsPage(document(), languageOf(request.url), nonce)))
  app.get('/docs/errors', hidden, async (request, reply) =>
    sendPage(reply, (nonce) => errorsPage(document(), languageOf(request.url), nonce)),
  )
}
