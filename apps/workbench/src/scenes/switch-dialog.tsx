import { call } from '@linli/ui/client'
import { KeyCap, newId, type Picked, PickList } from '@linli/ui/desk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { type SceneRow, scenesQuery } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useFieldProblems } from '../parts/field-problems.ts'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { areaTreeQuery, findAreas, isOnIn, keptInside } from './area-tree.ts'

export interface Switched {
  areaId: string
  areaName: string
  isOn: boolean
}

interface SwitchDialogProps {
  scene: SceneRow
  sceneName: string
  /** The area of the acting post. */
  place: { areaId: string; name: string }
  asked: Picked | undefined
  onClose(): void
  onDone(switched: Switched): void
}

/** Where, why, and what it will mean for the people there, before it is done. What is on can be switched off, what is off on: nothing else is asked. */
export function SwitchDialog({ scene, sceneName, place, asked, onClose, onDone }: SwitchDialogProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const queryClient = useQueryClient()
  const tree = useQuery(areaTreeQuery(place))
  const [area, setArea] = useState(asked)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState<{ area?: string; reason?: string }>({})
  const intent = useRef<Intent>(undefined)
  const isOn = area && tree.data ? isOnIn(tree.data, scene, area.id) : undefined
  const kept = area && tree.data && isOn !== undefined ? keptInside(tree.data, scene, area.id, !isOn) : []
  const change = useMutation({
    mutationFn: (body: { areaId: string; isOn: boolean; reason: string }) => {
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /scenes/:key/switches', { params: { key: scene.key }, body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async (_, { areaId, isOn: done }) => {
      await queryClient.invalidateQueries({ queryKey: scenesQuery.queryKey })
      onDone({ areaId, areaName: area?.label ?? '', isOn: done })
    },
  })
  const refused = useFieldProblems()(change.error, ['areaId', 'reason'])
  const wrong = { area: missing.area ?? refused.areaId, reason: missing.reason ?? refused.reason }
  const submit = () => {
    if (change.isPending || !tree.data) return
    const found = {
      ...(area ? {} : { area: t('scenes.needArea') }),
      ...(reason.trim().length < 2 ? { reason: t('scenes.needReason') } : {}),
    }
    setMissing(found)
    if (area && isOn !== undefined && Object.keys(found).length === 0)
      change.mutate({ areaId: area.id, isOn: !isOn, reason: reason.trim() })
    else document.getElementById(`${id}-${area ? 'reason' : 'area'}`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  return (
    <Dialog
      onClose={onClose}
      width="36rem"
      title={t('scenes.changeTitle', { scene: sceneName })}
      focusFirst={(dialog) => dialog.querySelectorAll('input')[asked ? 1 : 0]}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          <button
            type="button"
            className="dk-button dk-button-primary"
            onClick={submit}
            disabled={change.isPending}
            aria-busy={change.isPending || undefined}
          >
            {isOn === undefined ? t('scenes.confirm') : t(isOn ? 'scenes.confirmOff' : 'scenes.confirmOn', { area: area?.label ?? '' })}
            <KeyCap>Ctrl Enter</KeyCap>
          </button>
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key of the whole form, wherever the focus is in it */}
      <div className="wb-dialog-body" onKeyDown={onKeyDown}>
        {tree.isPending ? <Waiting rows={3} /> : null}
        {tree.error && !tree.data ? <Problem error={tree.error} retry={() => void tree.refetch()} /> : null}
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-area`}>
            {t('scenes.area')}
          </label>
          <PickList
            id={`${id}-area`}
            value={area}
            onChange={(picked) => {
              setArea(picked)
              setMissing({})
            }}
            invalid={wrong.area !== undefined}
            describedBy={`${id}-area-note`}
            source={async (typed) => findAreas(await queryClient.ensureQueryData(areaTreeQuery(place)), typed)}
          />
          <p id={`${id}-area-note`} className={wrong.area ? 'dk-error' : 'dk-note'}>
            {wrong.area ?? t('scenes.areaNote', { area: place.name })}
          </p>
        </div>
        <div role="status" className="wb-scene-effects">
          {area && isOn !== undefined ? (
            <>
              <p>{t(isOn ? 'scenes.nowOn' : 'scenes.nowOff', { area: area.label })}</p>
              <ul>
                {(isOn ? (['noNew', 'openGoOn', 'noReminder', 'nothingLost'] as const) : (['newAgain', 'reminderAgain'] as const)).map(
                  (key) => (
                    <li key={key}>{t(`scenes.effect.${key}`)}</li>
                  ),
                )}
                {kept.length > 0 ? <li>{t('scenes.kept', { areas: kept.join('、') })}</li> : null}
              </ul>
            </>
          ) : null}
        </div>
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-reason`}>
            {t('scenes.reason')} <span className="dk-optional">{t('desk.form.required')}</span>
          </label>
          <input
            id={`${id}-reason`}
            className="dk-input"
            maxLength={200}
            value={reason}
            aria-invalid={wrong.reason !== undefined || undefined}
            aria-describedby={`${id}-reason-note`}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setMissing({})
            }}
          />
          <p id={`${id}-reason-note`} className={wrong.reason ? 'dk-error' : 'dk-note'}>
            {wrong.reason ?? t('scenes.reasonNote')}
          </p>
        </div>
        {change.error && Object.keys(refused).length === 0 ? (
          <p className="dk-error" role="alert">
            {words(change.error)}
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}
