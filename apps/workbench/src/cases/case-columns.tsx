import { ClockBadge, KindStamp, useDefinitionText, useHolderText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { CaseRow } from '../api/queries.ts'
import type { ListColumn } from '../lists/list-column.ts'

/** The columns of a list of cases: those that a line post begins with, those of an area, and what else a row knows. */
export function useCaseColumns(isLine: boolean): ListColumn<CaseRow>[] {
  const { t, i18n } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const holderText = useHolderText()
  const word = (key: string, given: string) => (i18n.exists(key) ? t(key) : given)
  const stage = (row: CaseRow) => text(`stage.${row.stage}`, row.stageName)
  const due = (row: CaseRow) =>
    row.clock?.state === 'paused' ? time.clock(row.clock, now).absolute : row.dueAt ? time.limit(row.dueAt, now) : t('list.noDue')
  const plain = (key: string, width: string, say: (row: CaseRow) => string, isExtra = false): ListColumn<CaseRow> => ({
    key,
    head: t(`list.columns.${key}`),
    width,
    cell: say,
    text: say,
    isExtra,
  })
  return [
    {
      key: 'clock',
      head: t('list.columns.clock'),
      width: '11rem',
      cell: (row) => (row.clock ? <ClockBadge clock={row.clock} /> : <span className="dk-meta">{stage(row)}</span>),
      text: (row) => (row.clock ? word(`counts.${row.clock.state}`, row.clock.state) : ''),
    },
    plain('number', '10rem', (row) => row.number, true),
    {
      key: 'title',
      head: t('list.columns.title'),
      isFixed: true,
      cell: (row) => (
        <span className="wb-cell-title">
          <KindStamp kind={row.kind} />
          <span>
            <span className="wb-cell-main">{row.title}</span>
            <span className="dk-meta wb-block">{row.number}</span>
          </span>
        </span>
      ),
      text: (row) => row.title,
    },
    plain('place', '12rem', (row) => row.place ?? row.communityName),
    plain('community', '9rem', (row) => row.communityName, !isLine),
    plain('cell', '8rem', (row) => row.cellName ?? '', true),
    plain('holder', '11rem', (row) => (row.status === 'open' ? holderText(row) : '—'), isLine),
    plain('stage', '7rem', stage),
    plain('due', '9rem', due),
    plain('category', '8rem', (row) => (row.category ? text(`category.${row.category}`, row.category) : ''), true),
    plain('channel', '7rem', (row) => word(`desk.entryValue.channel.${row.channel}`, row.channel), true),
    plain('opened', '9rem', (row) => time.moment(row.openedAt, now), true),
    plain('rounds', '5rem', (row) => String(row.rounds), true),
    plain('score', '5rem', (row) => (row.score === null ? '' : String(row.score)), true),
  ]
}
