import { useDefinitionText } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '../api/queries.ts'

type Held = Pick<CaseRow, 'holder' | 'held' | 'stage'>

/** In whose hands a case is. The server's sentence is Chinese; elsewhere it is said anew, and only names stay what they are. */
export function useHolderText(): (row: Held) => string {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const isChinese = useLanguage() === 'zh-CN'
  return ({ holder, held, stage }) => {
    if (isChinese || held.by === 'main') return holder
    if (held.by === 'none') return text(`public.stage.${stage}`, text(`stage.${stage}`, holder))
    if (held.by === 'desk') return t('case.heldByDesk', { place: held.place })
    return held.place ? t('case.heldBySuperior', { place: held.place }) : t('case.heldByCounty')
  }
}
