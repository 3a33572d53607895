import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../api/kinds.ts'
import type { Rate } from './queries.ts'

/** What a rate is called, what it means and what it leaves out: the server's own Chinese, ours in another language. */
export function useRateWords(kind: Kind) {
  const { t } = useTranslation()
  const isChinese = useLanguage() === 'zh-CN'
  return (rate: Rate) => ({
    name: isChinese ? rate.name : t([`statistics.namesOf.${kind}.${rate.key}`, `statistics.names.${rate.key}`]),
    definition: isChinese ? rate.definition : t([`statistics.meansOf.${kind}.${rate.key}`, `statistics.means.${rate.key}`]),
    reason: ({ key, reason }: Rate['leftOut'][number]) => (isChinese ? reason : t(`statistics.left.${key}`)),
  })
}
