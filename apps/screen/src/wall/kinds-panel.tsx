import { KindStamp } from '@linli/ui/desk'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../api/freshness.ts'
import type { AreaCounts, FigureKey } from '../api/read-wall.ts'
import { Figure } from './figure.tsx'
import type { Open } from './opened.ts'
import { Panel } from './panel.tsx'

export const figureKeys = ['open', 'overdue', 'dueSoon', 'paused', 'ruling', 'supervised'] as const satisfies readonly FigureKey[]
/** Kinds whose names are worth a row before anything is known. */
export const usualKinds = ['appeal', 'event', 'callOut'] as const

export function kindsOf(counts: AreaCounts | undefined): string[] {
  const known = counts?.kinds.map(({ kind }) => kind) ?? [...usualKinds]
  return [
    ...usualKinds.filter((kind) => known.includes(kind)),
    ...known.filter((kind) => !(usualKinds as readonly string[]).includes(kind)),
  ]
}

/** Kind × state: each kind a row of its own, and no row that adds them up. */
export function KindsPanel({ reading, now, onOpen }: { reading: Reading<AreaCounts>; now: number; onOpen: Open }) {
  const { t } = useTranslation()
  const counts = reading.data
  return (
    <Panel name="now" title={t('now.title')} note={t('now.note')} reading={reading} now={now}>
      <table className="sc-kinds">
        <thead>
          <tr>
            <th scope="col">
              <span className="dk-visually-hidden">{t('now.kind')}</span>
            </th>
            {figureKeys.map((figure) => (
              <th key={figure} scope="col">
                {t(`figure.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kindsOf(counts).map((kind) => {
            const own = counts?.kinds.find((one) => one.kind === kind)?.own
            const name = t([`desk.kind.${kind}`, 'desk.kind.other'])
            return (
              <tr key={kind} data-kind={kind}>
                <th scope="row">
                  <span className="sc-kind">
                    <KindStamp kind={kind} />
                    {name}
                  </span>
                </th>
                {figureKeys.map((figure) => (
                  <td key={figure}>
                    <Figure
                      figure={figure}
                      of={name}
                      value={own?.[figure]}
                      onOpen={() => counts && onOpen({ figure, kind, place: counts.area, count: own?.[figure] })}
                    />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}
