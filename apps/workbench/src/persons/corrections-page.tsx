import './words.ts'
import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Choice } from '../lists/choice.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { CorrectionChoices } from './correction-choices.tsx'
import { Erasures } from './erasures.tsx'
import { correctionsQuery, type OpenCorrection } from './queries.ts'

const states = ['open', 'settled'] as const

/** Values that files did not take: found at visits, or asked for by a colleague. Both stand side by side until somebody has looked. */
export function CorrectionsPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/corrections' })
  const navigate = useNavigate()
  const state = states.find((one) => one === search.state) ?? 'open'
  const list = useInfiniteQuery(correctionsQuery(state))
  if (list.error) return <Problem error={list.error} retry={() => void list.refetch()} />
  const rows = list.data?.pages.flatMap(({ items }) => items)
  return (
    <div className="wb-page">
      <PageHead title={t('persons.corrections')} note={t('persons.correctionsText')}>
        <Choice
          isInline
          label={t('persons.state')}
          value={state}
          options={states.map((one) => ({ value: one, text: t(`persons.correctionStates.${one}`) }))}
          onChoose={(chosen) => void navigate({ to: '/corrections', search: chosen === 'settled' ? { state: chosen } : {} })}
        />
      </PageHead>
      <Erasures state={state} />
      {rows ? null : <Waiting />}
      {rows?.length === 0 ? <p className="dk-note">{t('persons.noCorrections')}</p> : null}
      <ul className="wb-plain">
        {rows?.map((row) => (
          <li key={row.correctionId} className="wb-person-part">
            <CorrectionRow row={row} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <button type="button" className="dk-button" disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>
          {t('persons.more')}
        </button>
      ) : null}
    </div>
  )
}

function CorrectionRow({ row }: { row: OpenCorrection }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const shown = (value: string | null) => (row.field === 'sex' && value ? t(`persons.sex.${value}`) : (value ?? t('persons.hidden')))
  return (
    <>
      <div className="wb-person-head">
        <h2 className="dk-h3">
          <Link to="/persons/$personId" params={{ personId: row.personId }} className="dk-link">
            <span lang="zh-CN">{row.name}</span>
          </Link>
        </h2>
        <span className="dk-meta" lang="zh-CN">
          {row.place}
        </span>
      </div>
      <p>
        {t(`persons.field.${row.field}`)}
        {t('persons.colon')}
        <span className="dk-masked" lang="zh-CN">
          {shown(row.held)}
        </span>{' '}
        → <b lang="zh-CN">{shown(row.masked)}</b>
      </p>
      {row.basis ? <p lang="zh-CN">{row.basis}</p> : null}
      <p className="dk-meta">
        {[
          t(row.isAsked ? 'persons.askedBy' : 'persons.foundBy', { by: row.by }),
          time.moment(row.raisedAt, now),
          t(`persons.why.${row.why}`),
        ].join(' · ')}
      </p>
      {row.outcome ? (
        <p>{t(`persons.settled.${row.outcome}`)}</p>
      ) : row.maySettle ? (
        <CorrectionChoices personId={row.personId} correctionId={row.correctionId} why={row.why} />
      ) : (
        <p className="dk-note">{t('persons.ownCorrection')}</p>
      )}
    </>
  )
}
