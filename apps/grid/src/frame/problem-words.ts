import { ApiError } from '@linli/ui/client'
import type { TFunction } from 'i18next'

interface RefusalFacts {
  code: string
  /** What the server said about it, in Chinese. */
  detail?: string | undefined
  fields?: readonly { message: string }[] | undefined
}

/** A refusal as a sentence. The server explains itself in Chinese; on an English page the engine's own words stand by the code. */
export function refusalWords({ code, detail, fields }: RefusalFacts, t: TFunction): string {
  if (code === 'client.offline') return t('problem.offline')
  const said = fields?.[0]?.message ?? detail
  if (t('app.lang') === 'zh-CN' && said) return said
  return t([`problem.code.${code.replace('.', '_')}`, 'problem.other'])
}

export function problemWords(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t('problem.other')
  if (error.status >= 500) return t('problem.busy')
  return refusalWords(error.problem, t)
}
