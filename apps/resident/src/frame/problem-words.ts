import { ApiError } from '@linli/ui/client'
import type { TFunction } from 'i18next'

const byCode: Record<string, string> = {
  'client.offline': 'offline',
  'case.not_found': 'notFound',
  'case.tries_exhausted': 'tooMany',
  'case.move_forbidden': 'forbidden',
  'case.changed': 'conflict',
  'case.rating_early': 'early',
  'case.rating_given': 'given',
  'access.area_unknown': 'areaUnknown',
  'file.type_refused': 'fileType',
  'file.too_large': 'fileLarge',
  'file.damaged': 'fileDamaged',
  'file.missing': 'fileDamaged',
}

/** A refusal as one sentence that says what to do. */
export function problemWords(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t('error.other')
  const key = byCode[error.code]
  if (key) return t(`error.${key}`)
  if (error.status === 429) return t('error.tooMany')
  if (error.status >= 500) return t('error.busy')
  const [field] = error.problem.fields ?? []
  return field?.message ?? error.problem.detail ?? t('error.other')
}
