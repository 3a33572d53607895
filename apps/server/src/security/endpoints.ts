import * as access from '@linli/access/contract'
import type { Endpoint } from '@linli/base/contract'
import * as base from '@linli/base/contract'
import * as cases from '@linli/cases/contract'
import * as exchange from '@linli/exchange/contract'
import * as messages from '@linli/messages/contract'
import * as registry from '@linli/registry/contract'
import * as scene from '@linli/scene/contract'
import * as signals from '@linli/signals/contract'

/** Served with the contract beside its route, or without one. Each says why it is not fuzzed from its contract. */
export const withoutContract: Record<string, string> = {
  'GET /public/info': 'takes nothing',
  'GET /public/story': 'takes nothing',
  'POST /public/story': 'of a demo database alone; its own tests play it',
  'GET /stream': 'an answer without an end; its own tests cut it off',
  'GET /residents/me/stream': 'an answer without an end; its own tests cut it off',
  'POST /test/clock': 'test mode only, and it would move the clock to the year 9999',
}

export const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${path}`

/** Every endpoint object of every contract, by name. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  [base, access, messages, registry, cases, signals, exchange, scene]
    .flatMap((contract) => Object.values(contract) as unknown[])
    .filter(isEndpoint)
    .map((endpoint) => [nameOf(endpoint), endpoint]),
)

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'permission' in value
}

/** What any endpoint may answer without saying so in its contract. */
export const generalCodes: ReadonlySet<string> = new Set([
  'base.request_invalid',
  'base.request_reused',
  'base.request_too_large',
  'base.media_unsupported',
  'base.not_found',
  'access.unauthenticated',
  'access.forbidden',
  'access.request_foreign',
])
