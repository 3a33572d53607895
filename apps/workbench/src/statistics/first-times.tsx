import { useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem, Waiting } from '../parts/states.tsx'
import { FigureButton } from './figure-button.tsx'
import { type Asked, firstTimesQuery } from './queries.ts'
import type { OpenFigure } from './rates-table.tsx'

/** The three first times (三个“第一时间”) of each cell and week: a median, and of how many it is known. */
export function FirstTimesTable({ asked, onOpen }: { asked: Asked; onOpen: OpenFigure }) {
  const { t } = useTranslation()
  const isChinese = useLanguage() === 'zh-CN'
  const span = useSpan()
  const time = useTimeWords()
  const now = useNow()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(firstTimesQuery(asked))
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const first = data?.pages[0]
  return (
    <section className="wb-parts">
      <h2>{t('statistics.firstTimes')}</h2>
      {first ? <p className="dk-note">{isChinese ? first.definition : t('statistics.firstTimesText')}</p> : null}
      {error ? <Problem error={error} retry={() => void refetch()} /> : null}
      {first || error ? null : <Waiting rows={3} />}
      {first && items.length === 0 ? <p className="dk-note">{t('statistics.nothing')}</p> : null}
      {items.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by key
        <div className="wb-rate-table" tabIndex={0} role="group" aria-label={t('statistics.firstTimes')}>
          <table className="dk-table">
            <thead>
              <tr>
                {(['cell', 'week', 'events', 'known', 'seen', 'handled'] as const).map((key) => (
                  <th key={key} scope="col">
                    {t(`statistics.first.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <tr key={`${row.areaId} ${row.week}`}>
                  <th scope="row">{row.areaName}</th>
                  <td data-head={t('statistics.first.week')}>
                    {t('statistics.first.of', { day: time.day(`${row.week}T12:00:00+08:00`, now) })}
                  </td>
                  <td className="wb-fig" data-head={t('statistics.first.events')}>
                    <FigureButton
                      count={row.events}
                      of={`${row.areaName} ${row.week}`}
                      onOpen={() =>
                        onOpen({
                          figure: 'cases',
                          name: t('statistics.volume'),
                          count: row.events,
                          place: row.areaId,
                          week: row.week,
                          where: `${row.areaName} ${t('statistics.first.of', { day: time.day(`${row.week}T12:00:00+08:00`, now) })}`,
                        })
                      }
                    />
                  </td>
                  {(['known', 'seen', 'handled'] as const).map((key) => (
                    <td key={key} className="wb-fig" data-head={t(`statistics.first.${key}`)}>
                      {span(row[key].minutes)} <small>{t('statistics.first.known_of', { count: row[key].count })}</small>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {hasNextPage ? (
        <button type="button" className="dk-button wb-no-print" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('statistics.moreCells')}
        </button>
      ) : null}
    </section>
  )
}

/** `35 分钟`, `6.5 小时`, `3.2 天`; a dash where it is not known. */
function useSpan() {
  const { t } = useTranslation()
  return (minutes: number | null): string => {
    if (minutes === null) return '—'
    if (minutes < 120) return t('statistics.span.minutes', { value: Math.round(minutes) })
    if (minutes < 2880) return t('statistics.span.hours', { value: (minutes / 60).toFixed(1) })
    return t('statistics.span.days', { value: (minutes / 1440).toFixed(1) })
  }
}
