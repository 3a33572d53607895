import { useTranslation } from 'react-i18next'
import { useDayWords } from './day-words.ts'
import type { DutyRow } from './queries.ts'

/** In words, with the day that it turns on. */
export function DutyState({ row }: { row: Pick<DutyRow, 'state' | 'validFrom' | 'validTo' | 'isPending'> }) {
  const { t } = useTranslation()
  const day = useDayWords()
  const key = row.state === 'inForce' && row.validTo ? 'inForceUntil' : row.state
  return (
    <span>
      {t(`duties.states.${key}`, { from: day(row.validFrom), to: day(row.validTo) })}
      {row.isPending ? <span className="dk-meta wb-block">{t('duties.pending')}</span> : null}
    </span>
  )
}
