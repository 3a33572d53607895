import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FigureButton, Share } from './figure-button.tsx'
import type { AreaStatistics, Part } from './queries.ts'
import { useRateWords } from './rate-words.ts'
import type { OpenFigure } from './rates-table.tsx'

interface PartsTableProps {
  data: AreaStatistics
  /** The address of this page with something else in it. */
  address(change: { area: string }): Record<string, string | undefined>
  onOpen: OpenFigure
}

/** The areas one level below with the same figures, in the order of their codes: a place is found again, and none is first. */
export function PartsTable({ data, address, onOpen }: PartsTableProps) {
  const { t } = useTranslation()
  const words = useRateWords(data.kind)
  if (data.parts.length === 0) return null
  const places = new Map(data.areas.map((place) => [place.areaId, place]))
  const cells = ({ cases, rates }: Pick<Part, 'cases' | 'rates'>, name: string, area?: string) => (
    <>
      <td className="wb-fig" data-head={t('statistics.volume')}>
        {area ? (
          <FigureButton
            count={cases}
            of={`${name} ${t('statistics.volume')}`}
            onOpen={() => onOpen({ figure: 'cases', name: t('statistics.volume'), count: cases, area, where: name })}
          />
        ) : (
          cases
        )}
      </td>
      {rates.map((rate, at) => {
        const own = words(data.own.rates[at]!)
        return (
          <td key={rate.key} className="wb-fig" data-head={own.name}>
            <Share value={rate.value} />{' '}
            {area && rate.denominator > 0 ? (
              <small>
                <FigureButton
                  count={rate.numerator}
                  of={`${name} ${own.name} ${t('statistics.numerator')}`}
                  onOpen={() =>
                    onOpen({
                      figure: `${rate.key}.numerator`,
                      name: `${own.name} · ${t('statistics.numerator')}`,
                      count: rate.numerator,
                      area,
                      where: name,
                    })
                  }
                />
                {' / '}
                <FigureButton
                  count={rate.denominator}
                  of={`${name} ${own.name} ${t('statistics.denominator')}`}
                  onOpen={() =>
                    onOpen({
                      figure: `${rate.key}.denominator`,
                      name: `${own.name} · ${t('statistics.denominator')}`,
                      count: rate.denominator,
                      area,
                      where: name,
                    })
                  }
                />
              </small>
            ) : null}
          </td>
        )
      })}
    </>
  )
  return (
    <section className="wb-parts">
      <h2>{t('statistics.below', { area: data.area.name })}</h2>
      <p className="dk-note">{t('statistics.belowText')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by key */}
      <div className="wb-rate-table" tabIndex={0} role="group" aria-label={t('statistics.below', { area: data.area.name })}>
        <table className="dk-table">
          <thead>
            <tr>
              <th scope="col">{t('statistics.place')}</th>
              <th scope="col">{t('statistics.volume')}</th>
              {data.own.rates.map((rate) => (
                <th key={rate.key} scope="col">
                  {words(rate).name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.parts.map(({ areaId, ...part }) => {
              const name = places.get(areaId)?.name ?? ''
              return (
                <tr key={areaId}>
                  <th scope="row">
                    <Link to="/statistics" search={address({ area: areaId })} className="dk-link">
                      {name}
                    </Link>
                  </th>
                  {cells(part, name, areaId)}
                </tr>
              )
            })}
            {data.elsewhere && data.elsewhere.cases > 0 ? (
              <tr>
                <th scope="row">{t('statistics.elsewhere')}</th>
                {cells(data.elsewhere, t('statistics.elsewhere'))}
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
    </section>
  )
}
