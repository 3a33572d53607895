import { useTranslation } from 'react-i18next'
import type { QueuedItem } from '../kept/items.ts'

/** What was done, in a few words: 手环求助：已到场; 上报：3 号楼 井盖松动. */
export function useItemName(): (item: QueuedItem) => string {
  const { t } = useTranslation()
  return (item) =>
    item.kind === 'move'
      ? t('off.move', { name: item.name, move: t(`alarm.lines.${item.key}`) })
      : t(`off.${item.kind}`, { name: item.name })
}
