import { ApiError, type Operations } from '@linli/ui/client'
import type { TFunction } from 'i18next'

type CodesOf<E> = E extends { errors: readonly (infer Code extends string)[] } ? Code : never
/** Receipts are for providers; no page sends them. */
type PublicKey = Exclude<Extract<keyof Operations, `${string} /public/${string}`>, `${string}/receipts`>
/** What the open endpoints can answer, by their contracts: a new code without a sentence here does not compile. */
type PublicCode = { [K in PublicKey]: CodesOf<Operations[K]> }[PublicKey]
type GeneralCode =
  | 'base.not_found'
  | 'base.request_reused'
  | 'base.request_too_large'
  | 'base.media_unsupported'
  | 'base.rate_limited'
  | 'base.busy'

type OwnCode = 'signals.resident_unplaced' | 'signals.call_closed' | 'signals.episode_settled' | 'signals.episode_unknown'

const byCode: Record<PublicCode | GeneralCode | OwnCode | 'client.offline' | 'case.changed' | 'access.area_forbidden', string> = {
  'client.offline': 'offline',
  'base.busy': 'busy',
  'base.rate_limited': 'tooMany',
  'base.not_found': 'gone',
  'base.request_reused': 'reused',
  'base.request_too_large': 'tooLarge',
  'base.media_unsupported': 'fileType',
  'case.not_found': 'notFound',
  'case.tries_exhausted': 'tooMany',
  'case.move_forbidden': 'forbidden',
  'case.changed': 'conflict',
  'case.rating_early': 'early',
  'case.rating_given': 'given',
  'case.type_unknown': 'closed',
  'case.category_unknown': 'categoryUnknown',
  'case.attachment_unknown': 'photoGone',
  'case.data_invalid': 'other',
  'access.area_unknown': 'areaUnknown',
  'access.area_forbidden': 'areaUnknown',
  'access.code_wrong': 'codeWrong',
  'signals.resident_unplaced': 'unplaced',
  'signals.call_closed': 'callClosed',
  'signals.episode_settled': 'alarmOver',
  'signals.episode_unknown': 'alarmOver',
  'file.type_refused': 'fileType',
  'file.too_large': 'fileLarge',
  'file.damaged': 'fileDamaged',
  'file.missing': 'fileDamaged',
  'file.not_found': 'gone',
  'file.no_room': 'noRoom',
}

export interface RefusalFacts {
  code?: string | undefined
  /** What the server said about it, in Chinese. */
  message?: string | undefined
  /** The field of the form that it is about. */
  field?: string | undefined
}

/** A refusal as one sentence that says what to do. The server explains itself in Chinese; other languages get our own words. */
export function refusalWords({ code, message, field }: RefusalFacts, t: TFunction): string {
  const key = code !== undefined && Object.hasOwn(byCode, code) ? byCode[code as keyof typeof byCode] : undefined
  if (key) return t(`error.${key}`)
  if (message && (t('app.lang') === 'zh-CN' || !/\p{Script=Han}/u.test(message))) return message
  return t(field && field !== 'general' ? `error.field.${field}` : 'error.other')
}

export function problemWords(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t('error.other')
  const { code, fields, detail } = error.problem
  const said = refusalWords({ code, message: fields?.[0]?.message ?? detail }, t)
  if (said !== t('error.other')) return said
  if (error.status === 429) return t('error.tooMany')
  return t(error.status >= 500 ? 'error.busy' : 'error.other')
}
