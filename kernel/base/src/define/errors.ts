/** The HTTP answers a refusal may have. Engines throw codes, never HTTP types. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503

export interface RefusalDetail {
  /** For people, Chinese; no personal data. */
  detail?: string
  fields?: { path: string; message: string }[]
  current?: unknown
  retryAfterSeconds?: number
}

/** An expected "no": becomes problem JSON with its status and code. */
export class Refusal extends Error {
  readonly code: string
  readonly status: RefusalStatus
  readonly more: RefusalDetail
  constructor(code: string, status: RefusalStatus, more: RefusalDetail = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.more = more
  }
}

const declared = new Map<string, RefusalStatus>()
/** Every code that an engine of this process has declared, with its status: what the API pages say of a code is what it answers. */
export const refusalStatuses: ReadonlyMap<string, RefusalStatus> = declared

/**
 * Declares an engine's error codes once: `const CaseError = defineErrors('case', { data_invalid: 422 })`,
 * then `throw CaseError('data_invalid', { fields })`.
 */
export function defineErrors<const C extends Record<string, RefusalStatus>>(engine: string, codes: C) {
  for (const [code, status] of Object.entries(codes)) declared.set(`${engine}.${code}`, status)
  const refuse = (code: keyof C & string, more: RefusalDetail = {}): Refusal => new Refusal(`${engine}.${code}`, codes[code]!, more)
  return Object.assign(refuse, { engine, codes })
}

export const BaseError = defineErrors('base', {
  request_invalid: 400,
  request_reused: 409,
  request_too_large: 413,
  media_unsupported: 415,
  not_found: 404,
  rate_limited: 429,
  busy: 503,
})
