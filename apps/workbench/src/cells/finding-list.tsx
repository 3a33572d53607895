import type { CellPlan, PlanFindings } from '@linli/access/define'
import { useTranslation } from 'react-i18next'

/** What must be put right, what is worth a look; said where screen readers hear it while it changes. */
export function FindingList({ plan, findings, isChanged }: { plan: CellPlan; findings: PlanFindings; isChanged: boolean }) {
  const { t } = useTranslation()
  const cell = (id: string): string => plan.cells.find(({ cellId }) => cellId === id)?.name ?? ''
  const building = (id: string): string => plan.buildings.find(({ buildingId }) => buildingId === id)?.name ?? ''
  const wrong = [
    ...findings.tangled.map((id) => t('cells.finding.tangled', { cell: cell(id) })),
    ...findings.overlaps.map(({ cells: [a, b], squareMeters }) =>
      t('cells.finding.overlap', { a: cell(a), b: cell(b), size: squareMeters }),
    ),
    ...findings.outside.map(({ cellId, squareMeters }) => t('cells.finding.outside', { cell: cell(cellId), size: squareMeters })),
    ...findings.adrift.map(({ buildingId, drawnIn }) =>
      drawnIn.length === 0
        ? t('cells.finding.nowhere', { building: building(buildingId) })
        : t('cells.finding.elsewhere', { building: building(buildingId), cells: drawnIn.map(cell).join('、') }),
    ),
  ]
  const gaps = findings.gaps.map(({ squareMeters, buildings }) => t('cells.finding.gap', { size: squareMeters, count: buildings.length }))
  return (
    <div className="wb-findings" role="status" data-wrong={wrong.length > 0 || undefined}>
      {wrong.length > 0 ? (
        <>
          <p>{t('cells.wrong', { count: wrong.length })}</p>
          <ul>
            {wrong.slice(0, 8).map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t(isChanged ? 'cells.sound' : 'cells.unchanged')}</p>
      )}
      {gaps.length > 0 ? (
        <ul className="dk-note">
          {gaps.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
