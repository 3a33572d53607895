import type { CellPlan } from '@linli/access/define'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommunityCells } from './queries.ts'
import { Workers } from './workers.tsx'

interface CellFieldsProps {
  plan: CellPlan
  base: CommunityCells
  chosen: string | undefined
  onChoose(cellId: string): void
  marked: ReadonlySet<string>
  onMark(buildingId: string): void
  adrift: ReadonlySet<string>
  onMove(toCellId: string): void
  onRename(cellId: string, name: string): void
  onAdd(name: string): void
  onEnd(cellId: string, restTo: string): void
}

/** The division as a list: everything that can be done over the plan can be done here, with the keyboard alone. */
export function CellFields(props: CellFieldsProps) {
  const { plan, base, marked, onMove, onAdd } = props
  const { t } = useTranslation()
  const id = useId()
  const [to, setTo] = useState('')
  const [name, setName] = useState('')
  const isNew = name.trim().length >= 2 && !plan.cells.some((cell) => cell.name === name.trim())
  return (
    <div className="wb-cells-fields">
      <div className="wb-cells-move">
        <label htmlFor={`${id}-to`}>{t('cells.moveMarked', { count: marked.size })}</label>
        <select id={`${id}-to`} className="dk-input" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
          <option value="">{t('cells.chooseCell')}</option>
          {plan.cells.map((cell) => (
            <option key={cell.cellId} value={cell.cellId}>
              {cell.name}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="dk-button"
          disabled={marked.size === 0 || !plan.cells.some(({ cellId }) => cellId === to)}
          onClick={() => onMove(to)}
        >
          {t('cells.move')}
        </button>
      </div>
      <ul className="wb-cells-list">
        {plan.cells.map((cell, i) => (
          <CellField
            key={cell.cellId}
            {...props}
            cell={cell}
            tint={i % 6}
            workers={base.cells.find(({ cellId }) => cellId === cell.cellId)?.workers}
          />
        ))}
      </ul>
      <div className="wb-cells-move">
        <label htmlFor={`${id}-new`}>{t('cells.newCell')}</label>
        <input id={`${id}-new`} className="dk-input" maxLength={40} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <button
          type="button"
          className="dk-button"
          disabled={!isNew}
          onClick={() => {
            onAdd(name.trim())
            setName('')
          }}
        >
          {t('cells.add')}
        </button>
      </div>
    </div>
  )
}

interface CellFieldProps extends CellFieldsProps {
  cell: CellPlan['cells'][number]
  tint: number
  workers: CommunityCells['cells'][number]['workers'] | undefined
}

function CellField({ cell, tint, workers, plan, chosen, onChoose, marked, onMark, adrift, onRename, onEnd }: CellFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const [restTo, setRestTo] = useState('')
  const [name, setName] = useState(cell.name)
  const buildings = plan.buildings.filter(({ cellId }) => cellId === cell.cellId)
  const others = plan.cells.filter((other) => other !== cell)
  const rename = () => {
    const next = name.trim()
    if (next.length < 2) setName(cell.name)
    else if (next !== cell.name) onRename(cell.cellId, next)
  }
  return (
    <li className="wb-cell" data-chosen={cell.cellId === chosen || undefined}>
      <div className="wb-cell-line">
        <span className="wb-cell-tint" data-tint={tint} aria-hidden="true" />
        <label className="dk-visually-hidden" htmlFor={`${id}-name`}>
          {t('cells.nameOf', { name: cell.name })}
        </label>
        <input
          id={`${id}-name`}
          className="dk-input"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={rename}
          onKeyDown={(event) => event.key === 'Enter' && rename()}
        />
        <button
          type="button"
          className="dk-button dk-button-small"
          aria-pressed={cell.cellId === chosen}
          onClick={() => onChoose(cell.cellId)}
        >
          {t('cells.onPlan')}
          <span className="dk-visually-hidden"> {cell.name}</span>
        </button>
      </div>
      {workers ? <Workers workers={workers} /> : <p className="dk-note">{t('cells.isNew')}</p>}
      <details open={cell.cellId === chosen || undefined}>
        <summary>{t('cells.buildings', { count: buildings.length })}</summary>
        <ul className="wb-cell-marks">
          {buildings.map((building) => (
            <li key={building.buildingId}>
              <label className="wb-check" data-adrift={adrift.has(building.buildingId) || undefined}>
                <input type="checkbox" checked={marked.has(building.buildingId)} onChange={() => onMark(building.buildingId)} />
                {building.name}
              </label>
            </li>
          ))}
        </ul>
      </details>
      {others.length > 0 ? (
        <details>
          <summary>{t('cells.endTitle')}</summary>
          <div className="wb-cells-move">
            <label htmlFor={`${id}-rest`}>{t('cells.restTo')}</label>
            <select id={`${id}-rest`} className="dk-input" value={restTo} onChange={(event) => setRestTo(event.currentTarget.value)}>
              <option value="">{t('cells.chooseCell')}</option>
              {others.map((other) => (
                <option key={other.cellId} value={other.cellId}>
                  {other.name}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="dk-button"
              disabled={!others.some(({ cellId }) => cellId === restTo)}
              onClick={() => onEnd(cell.cellId, restTo)}
            >
              {t('cells.end', { name: cell.name })}
            </button>
          </div>
        </details>
      ) : null}
    </li>
  )
}
