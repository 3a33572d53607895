import { type AnswerOf, call } from '@linli/ui/client'
import { useTimeWords } from '@linli/ui/text'
import { Chips, Empty, grades, useElder } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { ChartNoAxesColumn } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'

const periods = ['30', '90', '365'] as const
type Period = (typeof periods)[number]
type Unit = AnswerOf<'GET /public/ratings'>['items'][number]

/** 好差评公开: volume and distribution of each unit, by name. Never persons, never a rank. */
export function RatingsPage() {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  const [days, setDays] = useState<Period>('90')
  const { data, error, isPending } = useQuery({
    queryKey: ['ratings', days],
    queryFn: () => call('GET /public/ratings', { query: { days } }),
  })
  const items = [...(data?.items ?? [])].sort((a, b) => a.orgName.localeCompare(b.orgName, 'zh-CN'))
  const count = items.reduce((sum, unit) => sum + unit.rated, 0)
  return (
    <Page title={t('ratings.title')} tabs>
      <div className="lead">
        <h2 className="case-title" aria-live="polite">
          {data ? t('ratings.lead', { days, count }) : t('app.loading')}
        </h2>
        <p>{t('ratings.leadText')}</p>
      </div>
      <Chips<Period>
        label={t('ratings.days')}
        value={days}
        onChange={setDays}
        choices={periods.map((key) => ({ key, name: t('ratings.daysName', { days: key }) }))}
      />
      {error ? (
        <p className="note" role="alert">
          {problemWords(error, t)}
        </p>
      ) : null}
      {!isPending && !error && items.length === 0 ? (
        <Empty icon={ChartNoAxesColumn} title={t('ratings.empty')}>
          {t('ratings.emptyText')}
        </Empty>
      ) : null}
      {items.map((unit) => (
        <UnitCard key={unit.orgName} unit={unit} />
      ))}
      {data ? <p className="quiet">{t('ratings.asOf', { when: words.moment(data.asOf, Date.now()) })}</p> : null}
    </Page>
  )
}

function UnitCard({ unit }: { unit: Unit }) {
  const { t } = useTranslation()
  const id = useId()
  const most = Math.max(1, ...unit.scores)
  const bad = (unit.scores[0] ?? 0) + (unit.scores[1] ?? 0)
  return (
    <section className="sheet sheet-stack" aria-labelledby={id}>
      <div className="case-head">
        <h3 id={id}>{unit.orgName}</h3>
        <span className="second num">{t('ratings.rated', { count: unit.rated })}</span>
      </div>
      <table className="grades" aria-labelledby={id}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('ratings.grade')}</th>
            <th scope="col" aria-hidden="true" />
            <th scope="col">{t('ratings.count')}</th>
          </tr>
        </thead>
        <tbody>
          {grades.map((grade) => {
            const times = unit.scores[grade - 1] ?? 0
            return (
              <tr key={grade}>
                <th scope="row">{t(`kit.grade.${grade}`)}</th>
                <td aria-hidden="true">
                  <svg aria-hidden="true">
                    <rect className="bar-ground" width="100%" height="8" rx="4" />
                    <rect className="bar-share" width={`${(times / most) * 100}%`} height="8" rx="4" />
                  </svg>
                </td>
                <td>{times}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {bad > 0 ? <p className="quiet">{t('ratings.rectified', { bad, done: unit.rectified })}</p> : null}
    </section>
  )
}
