import { ClockBadge, KindStamp, Sep, useDefinitionText, useHolderText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { MapPin } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '../api/queries.ts'

interface CaseListProps {
  rows: readonly CaseRow[]
  selected: string | undefined
  onSelect(caseId: string): void
  label: string
  /** Selected by keys: the focus goes along. */
  follow: number
}

/** The queue, ordered by the deadline. One row is in the tab order; J and K walk (the page listens), a click or Enter opens. */
export function CaseList({ rows, selected, onSelect, label, follow }: CaseListProps) {
  const list = useRef<HTMLUListElement>(null)
  // Whoever comes by a link to one case sees where it stands in the queue.
  const isListed = rows.some((row) => row.caseId === selected)
  useEffect(() => {
    if (isListed) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [isListed])
  // Only a step by key moves the focus.
  useEffect(() => {
    if (follow === 0) return
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]')
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }, [follow])
  const entry = isListed ? selected : rows[0]?.caseId
  return (
    <ul ref={list} className="wb-list" aria-label={label}>
      {rows.map((row) => (
        <li key={row.caseId}>
          <button
            type="button"
            className="wb-row"
            data-page-enter={row.caseId === selected || undefined}
            aria-current={row.caseId === selected ? 'true' : undefined}
            tabIndex={row.caseId === entry ? 0 : -1}
            onClick={() => onSelect(row.caseId)}
          >
            <KindStamp kind={row.kind} />
            <RowText row={row} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function RowText({ row }: { row: CaseRow }) {
  const { t, i18n } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const holderText = useHolderText()
  const channelKey = `desk.entryValue.channel.${row.channel}`
  return (
    <span className="wb-row-text">
      <span className="wb-row-head">
        <span className="wb-row-title">{row.title}</span>
        {row.clock ? <ClockBadge clock={row.clock} /> : <span className="dk-meta">{text(`stage.${row.stage}`, row.stageName)}</span>}
      </span>
      <span className="wb-row-line">
        {i18n.exists(channelKey) ? t(channelKey) : row.channel}
        <Sep />
        <MapPin size={13} aria-hidden="true" /> {row.place ?? row.communityName}
      </span>
      <span className="wb-row-line">
        <b>{text(`stage.${row.stage}`, row.stageName)}</b> {row.status === 'open' ? holderText(row) : null}
        {row.reporters > 1 ? (
          <>
            <Sep />
            {t('case.reporters', { count: row.reporters })}
          </>
        ) : null}
        {row.rounds > 1 ? (
          <>
            <Sep />
            {t('case.round', { n: row.rounds })}
          </>
        ) : null}
        <Sep />
        {time.moment(row.openedAt, now)}
      </span>
    </span>
  )
}
