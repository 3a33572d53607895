import { type CellPlan, type Corner, drawCell, endCell, isSound, moveBuildings, surveyPlan } from '@linli/access/define'
import { newId } from '@linli/ui/desk'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CellFields } from './cell-fields.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { DivisionPlan } from './division-plan.tsx'
import {
  addCell,
  addCorner,
  begin,
  changeOf,
  type Draft,
  isChanged,
  moveCorner,
  removeCorner,
  renameCell,
  ringsOf,
  step,
  undo,
} from './draft.ts'
import { FindingList } from './finding-list.tsx'
import type { CommunityCells } from './queries.ts'

interface CellEditorProps {
  base: CommunityCells
  onLeave(): void
  /** Somebody else changed it: what was drawn here is given up for what there is now. */
  onReload(): void
  onDone(handoverId: string | null): void
}

/** Draws a division anew, over the plan or by list alone; nothing is sent before it was looked at as a whole. */
export function CellEditor({ base, onLeave, onReload, onDone }: CellEditorProps) {
  const { t } = useTranslation()
  const [history, setHistory] = useState(() => begin(base))
  const [cellId, setCellId] = useState(base.cells[0]?.cellId)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [isTogether, setIsTogether] = useState(true)
  const [drawing, setDrawing] = useState<readonly Corner[]>()
  const [isAsking, setIsAsking] = useState(false)
  const { plan, ended } = history.now
  const findings = useMemo(() => surveyPlan(plan), [plan])
  const change = useMemo(() => changeOf(base, history.now), [base, history.now])
  const take = (next: CellPlan, more: Draft['ended'] = ended) => setHistory((before) => step(before, { plan: next, ended: more }))
  const chosen = plan.cells.find((cell) => cell.cellId === cellId)
  const only = isTogether ? undefined : cellId
  const mark = (buildingId: string) =>
    setMarked((before) => new Set(before.has(buildingId) ? [...before].filter((id) => id !== buildingId) : [...before, buildingId]))
  const finish = () => {
    if (drawing && drawing.length >= 3 && cellId) take(drawCell(plan, cellId, [...drawing, drawing[0]!]))
    setDrawing(undefined)
  }
  const corners = chosen && {
    rings: ringsOf(chosen),
    onMove: (from: Corner, to: Corner) => take(moveCorner(plan, only, from, to)),
    onAdd: (a: Corner, b: Corner) => take(addCorner(plan, only, a, b)),
    onRemove: (corner: Corner) => take(removeCorner(plan, only, corner)),
  }
  const isReady = isSound(findings) && isChanged(change) && !drawing
  return (
    <section aria-label={t('cells.editing', { name: base.name })}>
      <div className="wb-cells-head">
        <h2>{t('cells.editing', { name: base.name })}</h2>
        <div className="wb-inline">
          <button type="button" className="dk-button" onClick={() => setHistory(undo)} disabled={history.past.length === 0}>
            {t('cells.undo')}
          </button>
          <button type="button" className="dk-button" onClick={onLeave}>
            {t('cells.leave')}
          </button>
          <button type="button" className="dk-button dk-button-primary" onClick={() => setIsAsking(true)} disabled={!isReady}>
            {t('cells.review')}
          </button>
        </div>
      </div>
      <FindingList plan={plan} findings={findings} isChanged={isChanged(change)} />
      <div className="wb-cells">
        <div className="wb-cells-plan">
          <div className="wb-inline">
            {drawing ? (
              <>
                <button
                  type="button"
                  className="dk-button dk-button-small dk-button-primary"
                  onClick={finish}
                  disabled={drawing.length < 3}
                >
                  {t('cells.finish')}
                </button>
                <button
                  type="button"
                  className="dk-button dk-button-small"
                  onClick={() => setDrawing(drawing.slice(0, -1))}
                  disabled={drawing.length === 0}
                >
                  {t('cells.lastCorner')}
                </button>
                <button type="button" className="dk-button dk-button-small" onClick={() => setDrawing(undefined)}>
                  {t('desk.cancel')}
                </button>
              </>
            ) : (
              <>
                <button type="button" className="dk-button dk-button-small" onClick={() => setDrawing([])} disabled={!chosen}>
                  {t('cells.draw', { name: chosen?.name ?? '' })}
                </button>
                <label className="wb-check">
                  <input type="checkbox" checked={isTogether} onChange={(event) => setIsTogether(event.currentTarget.checked)} />
                  {t('cells.together')}
                </label>
              </>
            )}
          </div>
          <DivisionPlan
            plan={plan}
            label={t('cells.planLabel', { name: base.name })}
            findings={findings}
            chosenCell={cellId}
            chosenBuildings={marked}
            onBuilding={mark}
            corners={corners}
            drawing={drawing}
            onDraw={(corner) => setDrawing((before) => [...(before ?? []), corner])}
          />
          <p className="dk-note">{t(drawing ? 'cells.drawNote' : 'cells.cornerNote')}</p>
        </div>
        <CellFields
          plan={plan}
          base={base}
          chosen={cellId}
          onChoose={setCellId}
          marked={marked}
          onMark={mark}
          adrift={new Set(findings.adrift.map(({ buildingId }) => buildingId))}
          onMove={(to) => {
            take(moveBuildings(plan, [...marked], to))
            setMarked(new Set())
          }}
          onRename={(id, name) => take(renameCell(plan, id, name))}
          onAdd={(name) => {
            const id = newId()
            take(addCell(plan, id, name))
            setCellId(id)
          }}
          onEnd={(id, restTo) => {
            take(endCell(plan, id, restTo), [...ended.map((one) => (one.restTo === id ? { ...one, restTo } : one)), { cellId: id, restTo }])
            setCellId(restTo)
          }}
        />
      </div>
      {isAsking ? (
        <ChangeDialog
          communityId={base.communityId}
          change={change}
          onClose={() => setIsAsking(false)}
          onReload={onReload}
          onDone={onDone}
        />
      ) : null}
    </section>
  )
}
