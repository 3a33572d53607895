import { useDefinitionText } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { QueuedItem } from '../kept/items.ts'

/** What was done, in a few words: 手环求助：已到场; 上报：3 号楼 井盖松动. */
export function useItemName(): (item: QueuedItem) => string {
  const { t } = useTranslation()
  const word = useDefinitionText()
  return (item) => {
    if (item.kind === 'move') return t('off.move', { name: item.name, move: t(`alarm.lines.${item.key}`) })
    if (item.kind === 'step') return t('off.move', { name: item.name, move: word(`move.${item.key}`, item.stepName) })
    return t(`off.${item.kind}`, { name: item.name })
  }
}
