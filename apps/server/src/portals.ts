import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify'
import { chooserPage } from './chooser.ts'

const apps = fileURLToPath(new URL('../../', import.meta.url))

/** Each is a folder built by vite with its own base path. */
export const portals = ['resident', 'grid', 'workbench', 'screen'] as const

interface PortalOptions {
  demo: () => boolean
  version: string
  /** The one address beside our own that pages of the workbench may ask, always on loopback. */
  deskBridge: string | undefined
  /** Where pictures of the country below a map come from. */
  mapTiles: readonly string[]
}

/** What pages may ask beside our own address. */
interface Lent {
  bridge?: string | undefined
  pictures?: readonly string[]
}

/** Portals with a map. */
const mapped: ReadonlySet<string> = new Set(['workbench', 'screen'])

/** Pages of people: strict CSP with a nonce per answer, assets cached for ever by their hash, any deep link answered by the portal's index. */
export async function servePortals(app: FastifyInstance, options: PortalOptions): Promise<void> {
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const english = new URLSearchParams(request.url.split('?')[1]).get('lang') === 'en'
    return sendPage(reply, (nonce) => chooserPage({ nonce, english, demo: options.demo() }))
  })
  for (const name of portals) {
    const root = join(apps, name, 'dist')
    if (!existsSync(join(root, 'index.html'))) continue
    const lent: Lent = {
      bridge: name === 'workbench' ? options.deskBridge : undefined,
      pictures: mapped.has(name) ? [...new Set(options.mapTiles.map((template) => new URL(template).origin))] : [],
    }
    await app.register(portal(name, root, lent, await readFile(join(root, 'index.html'), 'utf8'), await readLooseFiles(root)))
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.png': 'image/png',
}

/** What lies beside the page under a name of its own: the worker that keeps the portal on a phone, its manifest, its icons. */
async function readLooseFiles(root: string): Promise<{ name: string; mediaType: string; content: Buffer }[]> {
  const names = (await readdir(root)).filter((name) => extname(name) in mediaTypes)
  return Promise.all(
    names.map(async (name) => ({ name, mediaType: mediaTypes[extname(name)]!, content: await readFile(join(root, name)) })),
  )
}

function portal(
  name: string,
  root: string,
  lent: Lent,
  index: string,
  loose: Awaited<ReturnType<typeof readLooseFiles>>,
): FastifyPluginAsync {
  const hidden = { schema: { hide: true } }
  return async (scope) => {
    await scope.register(fastifyStatic, {
      root: join(root, 'assets'),
      prefix: `/${name}/assets/`,
      immutable: true,
      maxAge: '365d',
      index: false,
      decorateReply: false,
      schemaHide: true,
    })
    for (const file of loose) {
      // Asked for anew each time: a worker that a cache holds back would hold back the whole portal.
      scope.get(`/${name}/${file.name}`, hidden, async (_, reply) =>
        reply
          .header('content-type', file.mediaType)
          .header('cache-control', 'no-cache')
          .header('content-security-policy', workerPolicy)
          .send(file.content),
      )
    }
    scope.get(`/${name}`, hidden, async (_, reply) => reply.redirect(`/${name}/`))
    scope.get(`/${name}/*`, hidden, async (_, reply) => sendPage(reply, (nonce) => index.replaceAll('__CSP_NONCE__', nonce), lent))
  }
}

/** A page of our own with the policy that lets nothing else run on it. */
export function sendPage(reply: FastifyReply, make: (nonce: string) => string, lent: Lent = {}): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', contentSecurityPolicy(nonce, lent))
    .send(make(nonce))
}

/** A worker runs under the policy of its own answer: it may ask this server, and load no code. */
const workerPolicy = "default-src 'none'; connect-src 'self'"

function contentSecurityPolicy(nonce: string, { bridge, pictures = [] }: Lent): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    ["img-src 'self' data: blob:", ...pictures].join(' '),
    `connect-src 'self'${bridge ? ` ${bridge}` : ''}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer, pages and API alike. */
export function guardHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (_, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('cross-origin-opener-policy', 'same-origin')
    reply.header('cross-origin-resource-policy', 'same-origin')
    reply.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=(self)')
  })
}
