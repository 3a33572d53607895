import { useTranslation } from 'react-i18next'
import { useDefinitionText, useLanguage } from '../text/index.ts'

interface Held {
  stage: string
  holder: string
  held: { by: 'main' | 'desk' | 'requester' | 'superior' | 'none'; place: string | null }
}

/** In whose hands a case is. The server's sentence is Chinese; elsewhere it is said anew, and only names stay what they are. */
export function useHolderText(): (row: Held) => string {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const isChinese = useLanguage() === 'zh-CN'
  return ({ holder, held, stage }) => {
    if (isChinese || held.by === 'main' || held.by === 'requester') return holder
    if (held.by === 'none') return text(`public.stage.${stage}`, text(`stage.${stage}`, holder))
    if (held.by === 'desk') return t('desk.held.desk', { place: held.place })
    return held.place ? t('desk.held.superior', { place: held.place }) : t('desk.held.county')
  }
}
