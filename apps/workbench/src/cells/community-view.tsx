import { useTranslation } from 'react-i18next'
import { Nothing } from '../parts/states.tsx'
import { DivisionPlan } from './division-plan.tsx'
import type { Cell, CommunityCells } from './queries.ts'
import { Workers } from './workers.tsx'

/** A community as it is divided now: drawn, and the same as a list. */
export function CommunityView({ data, onEdit }: { data: CommunityCells; onEdit(): void }) {
  const { t } = useTranslation()
  const { boundary, cells, buildings } = data
  const isDrawn = boundary !== null || cells.some((cell) => cell.boundary)
  return (
    <section aria-label={data.name}>
      <div className="wb-cells-head">
        <h2>{data.name}</h2>
        <p className="dk-note">{t('cells.counts', { cells: cells.length, buildings: buildings.length })}</p>
        {data.mayDraw ? (
          <button type="button" className="dk-button dk-button-primary" onClick={onEdit}>
            {t('cells.edit')}
          </button>
        ) : null}
      </div>
      {cells.length === 0 && buildings.length === 0 ? <Nothing title={t('cells.none')} /> : null}
      <div className="wb-cells">
        {isDrawn ? (
          <div className="wb-cells-plan">
            <DivisionPlan plan={{ outline: boundary, cells, buildings }} label={t('cells.planLabel', { name: data.name })} />
            <p className="dk-note">{t('cells.planNote')}</p>
          </div>
        ) : null}
        <ul className="wb-cells-list">
          {cells.map((cell, i) => (
            <CellPanel key={cell.cellId} cell={cell} tint={i % 6} buildings={buildings.filter(({ cellId }) => cellId === cell.cellId)} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function CellPanel({ cell, tint, buildings }: { cell: Cell; tint: number; buildings: CommunityCells['buildings'] }) {
  const { t } = useTranslation()
  return (
    <li className="wb-cell">
      <h3>
        <span className="wb-cell-tint" data-tint={tint} aria-hidden="true" />
        {cell.name}
      </h3>
      <p className="dk-meta">{cell.code}</p>
      <Workers workers={cell.workers} />
      <details>
        <summary>{t('cells.buildings', { count: buildings.length })}</summary>
        <ul className="wb-cell-buildings">
          {buildings.map(({ buildingId, name }) => (
            <li key={buildingId}>{name}</li>
          ))}
        </ul>
      </details>
    </li>
  )
}
