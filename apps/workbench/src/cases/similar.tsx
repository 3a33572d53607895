import { KeyCap, Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area, type CaseRow, type CaseView, type Me, similarQuery } from '../api/queries.ts'
import { isTyping } from '../parts/keys.ts'
import { may } from '../session/home.ts'
import { type SimilarCase, useLikenessWords } from './likeness-words.ts'
import { MergeDialog } from './merge-dialog.tsx'

interface SimilarProps {
  caseFile: CaseView
  me: Me
  heading: 'h2' | 'h3'
}

/**
 * What may be the same matter, each with what speaks for it; a person compares and merges. Inside of it J and K walk and M merges, as in
 * the queue: a fieldset, so that the queue leaves these keys alone.
 */
export function Similar({ caseFile, me, heading: Heading }: SimilarProps) {
  const { t } = useTranslation()
  const id = useId()
  const queryClient = useQueryClient()
  const isAsked = caseFile.status === 'open' && may(me, 'cases.accept')
  const { data } = useQuery({ ...similarQuery(caseFile.caseId), enabled: isAsked })
  const [open, setOpen] = useState<string>()
  const [asked, setAsked] = useState<SimilarCase>()
  const [joined, setJoined] = useState<{ caseId: string; number: string }>()
  const items = data?.items ?? []
  if (!isAsked || (items.length === 0 && !joined)) return null
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    if (isTyping(event.nativeEvent)) return
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-similar]')]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const key = event.key.toLowerCase()
    if (key === 'j' || key === 'k') {
      event.preventDefault()
      rows[key === 'j' ? Math.min(rows.length - 1, at + 1) : Math.max(0, at - 1)]?.querySelector<HTMLElement>('button')?.focus()
    } else if (key === 'm' && items[at]?.merge) {
      event.preventDefault()
      setAsked(items[at])
    }
  }
  return (
    <section className="wb-together" aria-labelledby={id}>
      <Heading id={id}>{t('similar.title', { count: items.length })}</Heading>
      {joined ? (
        <p className="wb-receipt" role="status">
          {t('similar.joined')}{' '}
          <Link to="/cases/$caseId" params={{ caseId: joined.caseId }}>
            {joined.number}
          </Link>
        </p>
      ) : null}
      <fieldset className="wb-similar" aria-labelledby={id} onKeyDown={onKeyDown}>
        {items.map((item) => (
          <SimilarRow
            key={item.case.caseId}
            own={caseFile}
            item={item}
            isOpen={open === item.case.caseId}
            onToggle={() => setOpen(open === item.case.caseId ? undefined : item.case.caseId)}
            onMerge={() => setAsked(item)}
          />
        ))}
      </fieldset>
      <p className="dk-note">{t('similar.note', { from: data?.from, openDays: data?.openDays, closedDays: data?.closedDays })}</p>
      {asked?.merge ? (
        <MergeDialog
          own={caseFile}
          item={asked}
          merge={asked.merge}
          onClose={() => setAsked(undefined)}
          onDone={(merged) => {
            setAsked(undefined)
            if (merged.caseId !== caseFile.caseId) setJoined({ caseId: merged.caseId, number: merged.number })
            for (const queryKey of [[area.similar], [area.case, caseFile.caseId]]) void queryClient.invalidateQueries({ queryKey })
          }}
        />
      ) : null}
    </section>
  )
}

interface SimilarRowProps {
  own: CaseView
  item: SimilarCase
  isOpen: boolean
  onToggle(): void
  onMerge(): void
}

function SimilarRow({ own, item, isOpen, onToggle, onMerge }: SimilarRowProps) {
  const { t } = useTranslation()
  const why = useLikenessWords()
  const text = useDefinitionText()
  const id = useId()
  const { case: other, likeness, merge } = item
  return (
    <div className="wb-similar-row" data-similar>
      <button type="button" className="wb-similar-head" aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
        <b lang="zh-CN">{other.title}</b>
        <span className="dk-meta wb-why">{why(likeness)}</span>
        <span className="dk-meta">
          {text(`stage.${other.stage}`, other.stageName)}
          {other.reporters > 1 ? (
            <>
              <Sep />
              {t('case.reporters', { count: other.reporters })}
            </>
          ) : null}
        </span>
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? <Beside own={own} other={other} /> : null}
      </div>
      {merge ? (
        <button type="button" className="dk-button dk-button-small" onClick={onMerge}>
          {t(merge.caseId === own.caseId ? 'similar.mergeThis' : 'similar.mergeThat')}
          <KeyCap>M</KeyCap>
        </button>
      ) : (
        <span className="dk-note">{t(other.status === 'open' ? 'similar.noMerge' : 'similar.isClosed')}</span>
      )}
    </div>
  )
}

/** Both reports side by side, line by line. */
function Beside({ own, other }: { own: CaseRow; other: CaseRow }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const text = useDefinitionText()
  const lines: [string, (row: CaseRow) => string][] = [
    [t('similar.what'), (row) => row.title],
    [t('case.place'), (row) => row.place ?? row.communityName],
    [t('case.came'), (row) => time.moment(row.openedAt, now)],
    [t('similar.holder'), (row) => `${text(`stage.${row.stage}`, row.stageName)} ${row.status === 'open' ? row.holder : ''}`],
  ]
  return (
    <table className="wb-beside">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('similar.this', { number: own.number })}</th>
          <th scope="col">
            <Link to="/cases/$caseId" params={{ caseId: other.caseId }}>
              {other.number}
            </Link>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, say]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{say(own)}</td>
            <td>{say(other)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
