import { useDefinitionText } from '@linli/ui/desk'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../api/kinds.ts'
import { FigureButton, Share } from './figure-button.tsx'
import type { AreaStatistics, Opened } from './queries.ts'
import { useRateWords } from './rate-words.ts'

export type OpenFigure = (figure: Pick<Opened, 'figure' | 'name' | 'count'> & Partial<Opened>) => void

/** The volume first, then each rate with what it is made of, what is in neither part, and what it means. */
export function RatesTable({ kind, own, onOpen }: { kind: Kind; own: AreaStatistics['own']; onOpen: OpenFigure }) {
  const { t } = useTranslation()
  const words = useRateWords(kind)
  const text = useDefinitionText()
  return (
    <>
      <p className="wb-volume">
        {t('statistics.volume')}{' '}
        <FigureButton
          count={own.cases}
          of={t('statistics.volume')}
          onOpen={() => onOpen({ figure: 'cases', name: t('statistics.volume'), count: own.cases })}
        />
        {own.exclusions.length > 0 ? (
          <small>
            {t('statistics.excluded')}{' '}
            {own.exclusions.map(({ stage, name, count }) => {
              const label = text(`stage.${stage}`, name)
              return (
                <span key={stage} className="wb-left">
                  {label} <FigureButton count={count} of={label} onOpen={() => onOpen({ figure: `ended.${stage}`, name: label, count })} />
                </span>
              )
            })}
          </small>
        ) : null}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by key */}
      <div className="wb-rate-table" tabIndex={0} role="group" aria-label={t('statistics.rates')}>
        <table className="dk-table">
          <thead>
            <tr>
              <th scope="col">{t('statistics.rate')}</th>
              <th scope="col">{t('statistics.value')}</th>
              <th scope="col">{t('statistics.numerator')}</th>
              <th scope="col">{t('statistics.denominator')}</th>
              <th scope="col">{t('statistics.leftOut')}</th>
              <th scope="col">{t('statistics.definition')}</th>
            </tr>
          </thead>
          <tbody>
            {own.rates.map((rate) => {
              const { name, definition, reason } = words(rate)
              const part = (key: 'numerator' | 'denominator') => (
                <FigureButton
                  count={rate[key]}
                  of={`${name} ${t(`statistics.${key}`)}`}
                  onOpen={() =>
                    onOpen({ figure: `${rate.key}.${key}`, name: `${name} · ${t(`statistics.${key}`)}`, count: rate[key], definition })
                  }
                />
              )
              return (
                <tr key={rate.key} data-rate={rate.key}>
                  <th scope="row">{name}</th>
                  <td className="wb-fig" data-head={t('statistics.value')}>
                    <b>
                      <Share value={rate.value} />
                    </b>
                  </td>
                  <td className="wb-fig" data-head={t('statistics.numerator')}>
                    {part('numerator')}
                  </td>
                  <td className="wb-fig" data-head={t('statistics.denominator')}>
                    {part('denominator')}
                  </td>
                  <td data-head={t('statistics.leftOut')}>
                    {rate.leftOut.map((left) => (
                      <span key={left.key} className="wb-left">
                        {reason(left)}{' '}
                        <FigureButton
                          count={left.count}
                          of={`${name} ${reason(left)}`}
                          onOpen={() =>
                            onOpen({ figure: `${rate.key}.${left.key}`, name: `${name} · ${reason(left)}`, count: left.count, definition })
                          }
                        />
                      </span>
                    ))}
                  </td>
                  <td className="wb-definition" data-head={t('statistics.definition')}>
                    {definition}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}
