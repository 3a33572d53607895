import { refusalsZh } from '../words/zh.ts'

/** The HTTP answers a refusal may have. Engines throw codes, never HTTP types. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429 | 503

export interface RefusalDetail {
  /** For people, Chinese; no personal data. Left out where the words of the code (`words/zh.ts`) say it all. */
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
 * Declares an engine's error codes once, `const CaseError = defineErrors('case', { data_invalid: 422 }, refusalsZh)`, each with words for
 * people; then `throw CaseError('data_invalid', { fields })`.
 */
export function defineErrors<const E extends string, const C extends Record<string, RefusalStatus>>(
  engine: E,
  codes: C,
  words: Readonly<Record<`${E}.${keyof C & string}`, string>>,
) {
  for (const [code, status] of Object.entries(codes)) declared.set(`${engine}.${code}`, status)
  return (code: keyof C & string, more: RefusalDetail = {}): Refusal =>
    new Refusal(`${engine}.${code}`, codes[code]!, { detail: words[`${engine}.${code}`], ...more })
}

export const BaseError = defineErrors(
  'base',
  {
    request_invalid: 400,
    request_reused: 409,
    request_too_large: 413,
    media_unsupported: 415,
    not_found: 404,
    rate_limited: 429,
    busy: 503,
  },
  refusalsZh,
)
