import { KindStamp } from '@linli/ui/desk'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../api/freshness.ts'
import type { AreaCounts, Figures, Place } from '../api/read-wall.ts'
import { Figure } from './figure.tsx'
import { kindsOf } from './kinds-panel.tsx'
import type { Open } from './opened.ts'
import { Panel } from './panel.tsx'

const shown = ['open', 'overdue'] as const
const titles: Readonly<Record<string, string>> = { county: 'areas.ofCounty', township: 'areas.ofTownship', community: 'areas.ofCommunity' }

interface AreasPanelProps {
  reading: Reading<AreaCounts>
  now: number
  onOpen: Open
  onGo(area: Place): void
}

/** Every place one level below with what is open and overdue there, kind beside kind; the last row is what they add up to. */
export function AreasPanel({ reading, now, onOpen, onGo }: AreasPanelProps) {
  const { t } = useTranslation()
  const counts = reading.data
  const kinds = kindsOf(counts)
  const of = (kind: string) => counts?.kinds.find((one) => one.kind === kind)
  const most = (kind: string) => Math.max(1, ...(of(kind)?.areas.map(({ open }) => open) ?? []))
  const isElsewhere = kinds.some((kind) => (of(kind)?.elsewhere.open ?? 0) > 0)
  const cells = (name: string, figuresOf: (kind: string) => Figures | undefined, place: Place | undefined, bars: boolean) =>
    kinds.flatMap((kind) => {
      const figures = figuresOf(kind)
      return shown.map((figure) => (
        <td key={`${kind}.${figure}`} data-kind={kind} data-first={figure === 'open' || undefined}>
          {place ? (
            <Figure
              small
              figure={figure}
              of={`${name} ${t([`desk.kind.${kind}`, 'desk.kind.other'])}`}
              value={figures?.[figure]}
              onOpen={() => onOpen({ figure, kind, place, count: figures?.[figure] })}
            />
          ) : (
            <span className="sc-figure" data-small>
              {figures?.[figure] ?? '—'}
            </span>
          )}
          {bars && figure === 'open' && figures ? <Bar figures={figures} most={most(kind)} /> : null}
        </td>
      ))
    })
  return (
    <Panel
      name="areas"
      title={t(titles[counts?.area.level ?? 'county'] ?? 'areas.title')}
      note={t('areas.note')}
      reading={reading}
      now={now}
    >
      <div className="sc-scroll">
        <table className="sc-areas">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('areas.name')}
              </th>
              {kinds.map((kind) => (
                <th key={kind} scope="colgroup" colSpan={shown.length} data-first>
                  <span className="sc-kind">
                    <KindStamp kind={kind} />
                    {t([`desk.kind.${kind}`, 'desk.kind.other'])}
                  </span>
                </th>
              ))}
            </tr>
            <tr>
              {kinds.flatMap((kind) =>
                shown.map((figure) => (
                  <th key={`${kind}.${figure}`} scope="col" data-first={figure === 'open' || undefined}>
                    {t(`figure.${figure}`)}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {counts?.areas.map((place) => (
              <tr key={place.areaId} data-area={place.code}>
                <th scope="row">
                  {place.level === 'cell' ? (
                    <span lang="zh-CN">{place.name}</span>
                  ) : (
                    <button type="button" className="sc-go" onClick={() => onGo(place)}>
                      <span lang="zh-CN">{place.name}</span>
                      <span className="dk-visually-hidden">{t('areas.down')}</span>
                      <ChevronRight aria-hidden="true" />
                    </button>
                  )}
                </th>
                {cells(place.name, (kind) => of(kind)?.areas.find(({ areaId }) => areaId === place.areaId), place, true)}
              </tr>
            ))}
            {isElsewhere ? (
              <tr data-area="elsewhere">
                <th scope="row">{t('areas.elsewhere')}</th>
                {cells(t('areas.elsewhere'), (kind) => of(kind)?.elsewhere, undefined, false)}
              </tr>
            ) : null}
          </tbody>
          {counts ? (
            <tfoot>
              <tr data-area="whole">
                <th scope="row">{t('areas.whole')}</th>
                {cells(t('areas.whole'), (kind) => of(kind)?.own, counts.area, false)}
              </tr>
            </tfoot>
          ) : null}
        </table>
        {counts && counts.areas.length === 0 ? <p className="sc-note">{t('areas.none')}</p> : null}
      </div>
    </Panel>
  )
}

/** Open ones against the most that any of these places has of this kind, the overdue part in the color of time. The numbers say it too. */
function Bar({ figures: { open, overdue }, most }: { figures: Figures; most: number }) {
  const width = (count: number) => `${(100 * count) / most}%`
  return (
    <span className="sc-bar" aria-hidden="true">
      <i style={{ inlineSize: width(open - overdue) }} />
      <b style={{ inlineSize: width(overdue) }} />
    </span>
  )
}
