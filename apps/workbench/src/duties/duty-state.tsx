import { useTranslation } from 'react-i18next'
import { useDayWords } from './day-words.ts'
import type { DutyRow } from './queries.ts'

type Standing = Pick<DutyRow, 'state' | 'validFrom' | 'validTo' | 'isPending'>

/** In words, with the day that it turns on. */
export function useDutyState(): (row: Standing) => string {
  const { t } = useTranslation()
  const day = useDayWords()
  return (row) => {
    const key = row.state === 'inForce' && row.validTo ? 'inForceUntil' : row.state
    return t(`duties.states.${key}`, { from: day(row.validFrom), to: day(row.validTo) })
  }
}

export function DutyState({ row }: { row: Standing }) {
  const { t } = useTranslation()
  const state = useDutyState()
  return (
    <span>
      {state(row)}
      {row.isPending ? <span className="dk-meta wb-block">{t('duties.pending')}</span> : null}
    </span>
  )
}
