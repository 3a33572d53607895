import '../styles/statistics.css'
import './words.ts'
import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kindInAddress, kindOf, kinds } from '../api/kinds.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { FigureDialog } from './figure-dialog.tsx'
import { FirstTimesTable } from './first-times.tsx'
import { PartsTable } from './parts-table.tsx'
import { type Asked, type Opened, type Period, periods, statisticsQuery } from './queries.ts'
import { RatesTable } from './rates-table.tsx'

const periodNames = Object.keys(periods) as Period[]

/** The figures of one kind of work for a place and a period, down to the cells; each opens to the cases that it counts. By places, never by people. */
export function StatisticsPage() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const search = useSearch({ from: '/shell/statistics' })
  const kind = kindOf(search.kind)
  const period = periodNames.find((one) => one === search.period) ?? 'month'
  const days = periods[period]
  const asked: Asked = { kind, days, area: search.area }
  const { data, error, refetch, isPlaceholderData } = useQuery(statisticsQuery(asked))
  const [opened, setOpened] = useState<Opened>()
  const address = (change: { kind?: string; period?: string; area?: string | undefined }) => ({ ...search, ...change })
  const where = data?.area.name ?? ''
  const open = (figure: Omit<Opened, keyof Asked | 'where'> & Partial<Asked> & { where?: string }) =>
    setOpened({ ...asked, where, ...figure })
  return (
    <div className="wb-page wb-statistics">
      <PageHead title={t('statistics.title')} note={t('statistics.text')}>
        <button type="button" className="dk-button wb-no-print" onClick={() => globalThis.print()}>
          <Printer size={16} aria-hidden="true" />
          {t('statistics.print')}
        </button>
      </PageHead>
      <div className="wb-statistics-choice wb-no-print">
        <nav className="wb-tabs wb-kinds" aria-label={t('kinds.label')}>
          {kinds.map((one) => (
            <Link
              key={one}
              to="/statistics"
              search={{ ...kindInAddress(one), period: search.period, area: search.area }}
              activeOptions={{ exact: true }}
              aria-current={one === kind ? 'page' : undefined}
            >
              {t(`kinds.${one}`)}
            </Link>
          ))}
        </nav>
        <nav className="wb-tabs" aria-label={t('statistics.period')}>
          {periodNames.map((one) => (
            <Link key={one} to="/statistics" search={address({ period: one })} aria-current={one === period ? 'page' : undefined}>
              {t('statistics.days', { count: periods[one] })}
            </Link>
          ))}
        </nav>
      </div>
      {error ? <Problem error={error} retry={() => void refetch()} /> : null}
      {data ? (
        <div aria-busy={isPlaceholderData}>
          <nav className="wb-crumbs" aria-label={t('statistics.way')}>
            {data.above.map((place, at) => (
              <Link
                key={place.areaId}
                to="/statistics"
                search={address({ area: at === 0 ? undefined : place.areaId })}
                activeOptions={{ exact: true }}
              >
                {place.name}
              </Link>
            ))}
            <b aria-current="page">{data.area.name}</b>
          </nav>
          <p className="dk-note">
            {t('statistics.asOf', { at: time.moment(data.asOf, now), since: time.day(data.since, now), kind: t(`kinds.${kind}`) })}
            {data.uncounted > 0 ? ` ${t('statistics.uncounted', { count: data.uncounted })}` : ''}
          </p>
          {data.own.cases === 0 && data.own.rates.every(({ denominator }) => denominator === 0) ? (
            <Nothing title={t('statistics.nothing')}>{t('statistics.nothingText')}</Nothing>
          ) : (
            <RatesTable kind={kind} own={data.own} onOpen={open} />
          )}
          <PartsTable data={data} address={address} onOpen={open} />
          {kind === 'event' && data.parts.length + (data.area.level === 'cell' ? 1 : 0) > 0 ? (
            <FirstTimesTable asked={asked} onOpen={open} />
          ) : null}
        </div>
      ) : error ? null : (
        <Waiting />
      )}
      {opened ? <FigureDialog opened={opened} onClose={() => setOpened(undefined)} /> : null}
    </div>
  )
}
