import { useTranslation } from 'react-i18next'
import type { QueuedMove } from '../kept/queue.ts'

/** What was done, in a few words: 手环求助：已到场. */
export function useItemName(): (item: QueuedMove) => string {
  const { t } = useTranslation()
  return (item) => t('off.move', { name: item.name, move: t(`alarm.lines.${item.key}`) })
}
