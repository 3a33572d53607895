import type { AnswerOf } from '@linli/ui/client'
import { useTranslation } from 'react-i18next'

export type SimilarCase = AnswerOf<'GET /cases/:caseId/similar'>['items'][number]

/** Why two reports may be one matter, in words: 同一楼栋 · 2 天前后 · 都说到“漏水”. */
export function useLikenessWords(): (likeness: SimilarCase['likeness']) => string {
  const { t } = useTranslation()
  return ({ place, building, meters, days, words, sameCategory }) =>
    [
      t(`similar.place.${place}`, { building, meters }),
      days === 0 ? t('similar.sameDay') : t('similar.days', { count: days }),
      ...(words.length > 0 ? [t('similar.words', { words: words.map((word) => `“${word}”`).join(t('similar.and')) })] : []),
      ...(sameCategory ? [t('similar.sameCategory')] : []),
    ].join(' · ')
}
