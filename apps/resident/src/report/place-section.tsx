import { Plan } from '@linli/ui/map'
import { Dialog, Field, Icon, Plate } from '@linli/ui/touch'
import { LocateFixed, Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placeOf } from './report-body.ts'
import type { DraftHandle } from './use-draft.ts'

const close = 260

/** Where it is: the plan with the pin, the place as a doorplate, and the way to change it. */
export function PlaceSection({ handle }: { handle: DraftHandle }) {
  const { t } = useTranslation()
  const { draft, area, plan, setPosition } = handle
  const [changing, setChanging] = useState(false)
  const place = placeOf(draft)
  return (
    <div className="sheet place-card">
      {plan?.buildings.length ? (
        <Plan
          buildings={plan.buildings}
          outlines={plan.outlines}
          pin={draft.position}
          onPin={(position) => setPosition(position, 'person')}
          across={draft.position ? close : undefined}
          label={t('report.planLabel', { area: area?.name ?? '', spot: place || t('report.planNoPin') })}
        />
      ) : null}
      <div className="place-line">
        {place ? <Plate>{place}</Plate> : <span className="second">{t('report.setPlace')}</span>}
        <button type="button" className="link strong" onClick={() => setChanging(true)}>
          {t('report.changePlace')}
        </button>
      </div>
      <Dialog title={t('report.placeTitle')} open={changing} onClose={() => setChanging(false)} full>
        <PlacePicker handle={handle} />
        <button type="button" className="btn primary big wide" onClick={() => setChanging(false)}>
          {t('report.placeDone')}
        </button>
      </Dialog>
    </div>
  )
}

/** Three ways to the same place: the plan (tap or drag), the list of buildings, one's own position; and words for the rest. */
export function PlacePicker({ handle }: { handle: DraftHandle }) {
  const { t } = useTranslation()
  const { draft, area, plan, change, setPosition, setBuilding } = handle
  const [across, setAcross] = useState<number | undefined>(draft.position ? close * 1.4 : undefined)
  const [trouble, setTrouble] = useState('')
  const buildings = [...(plan?.buildings ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }))
  const chosen = buildings.find((building) => building.lon === draft.position?.lon && building.lat === draft.position.lat)
  const place = placeOf(draft)

  const locate = (): void => {
    setTrouble('')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (!setPosition({ lon: coords.longitude, lat: coords.latitude }, 'person'))
          setTrouble(t('report.hereFar', { area: area?.name ?? '' }))
      },
      () => setTrouble(t('report.hereFailed')),
      { timeout: 8000, enableHighAccuracy: true },
    )
  }
  return (
    <>
      <p aria-live="polite">{place ? <Plate>{place}</Plate> : <span className="second">{t('report.planNoPin')}</span>}</p>
      {buildings.length > 0 ? (
        <>
          <div className="plan-frame">
            <Plan
              buildings={buildings}
              outlines={plan?.outlines}
              pin={draft.position}
              onPin={(position) => {
                if (!setPosition(position, 'person')) setTrouble(t('report.setPlace'))
              }}
              tall
              across={across}
              draggable
              label={t('report.planLabel', { area: area?.name ?? '', spot: place || t('report.planNoPin') })}
            />
            <div className="plan-zoom">
              <button
                type="button"
                className="btn"
                aria-label={t('report.zoomIn')}
                onClick={() => setAcross(Math.max(100, (across ?? 700) / 1.6))}
              >
                <Icon of={Plus} />
              </button>
              <button
                type="button"
                className="btn"
                aria-label={t('report.zoomOut')}
                onClick={() => setAcross(across && across < 1500 ? across * 1.6 : undefined)}
              >
                <Icon of={Minus} />
              </button>
            </div>
          </div>
          <p className="quiet">{t('report.planHint')}</p>
          <Field label={t('report.fromList')}>
            {(control) => (
              <select
                {...control}
                className="input"
                value={chosen?.buildingId ?? ''}
                onChange={(event) => setBuilding(buildings.find((building) => building.buildingId === event.target.value))}
              >
                <option value="">{t('report.noBuilding')}</option>
                {buildings.map((building) => (
                  <option key={building.buildingId} value={building.buildingId}>
                    {building.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </>
      ) : null}
      {'geolocation' in navigator ? (
        <button type="button" className="btn" onClick={locate}>
          <Icon of={LocateFixed} />
          {t('report.here')}
        </button>
      ) : null}
      {trouble ? <p role="status">{trouble}</p> : null}
      <Field label={t('report.extra')} hint={t('report.extraHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={draft.extra}
            maxLength={80}
            onChange={(event) => change({ extra: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
