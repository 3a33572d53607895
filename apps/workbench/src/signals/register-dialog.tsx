import { things } from '@linli/signals/define'
import { call } from '@linli/ui/client'
import { newId, type Picked, PickList } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area, type Me } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { SecretNote } from './secret-note.tsx'
import { useThingName } from './thing-name.ts'

/** Puts a device into the ledger and shows its secret once. */
export function RegisterDialog({ me, onClose }: { me: Me; onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const thingName = useThingName()
  const id = useId()
  const queryClient = useQueryClient()
  const [code, setCode] = useState('')
  const [kind, setKind] = useState(things[0]!.key)
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [gatewayCode, setGatewayCode] = useState('')
  const [cell, setCell] = useState<Picked>()
  const intent = useRef<Intent>(undefined)
  const register = useMutation({
    mutationFn: () => {
      const body = {
        code: code.trim(),
        kind,
        name: name.trim(),
        place: place.trim(),
        areaCode: cell?.id ?? me.actingPost?.areaCode ?? '',
        ...(gatewayCode.trim() && { gatewayCode: gatewayCode.trim() }),
      }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /devices', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [area.devices] }),
  })
  const refused = useFieldProblems()(register.error, ['code', 'name', 'place', 'areaCode', 'gatewayCode'])
  const made = register.data
  const text = (key: 'code' | 'name' | 'place' | 'gatewayCode', value: string, set: (value: string) => void, most: number) => (
    <div className="dk-field">
      <label className="dk-label" htmlFor={`${id}-${key}`}>
        {t(`ledger.${key}`)}
      </label>
      <input
        id={`${id}-${key}`}
        className="dk-input"
        maxLength={most}
        value={value}
        aria-invalid={refused[key] !== undefined || undefined}
        aria-describedby={`${id}-${key}-note`}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <p id={`${id}-${key}-note`} className={refused[key] ? 'dk-error' : 'dk-note'}>
        {refused[key] ?? t(`ledger.notes.${key}`)}
      </p>
    </div>
  )
  return (
    <Dialog
      title={t('ledger.register')}
      width="36rem"
      onClose={onClose}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t(made ? 'ledger.close' : 'desk.cancel')}
          </button>
          {made ? null : (
            <button type="button" className="dk-button dk-button-primary" disabled={register.isPending} onClick={() => register.mutate()}>
              {t('ledger.register')}
            </button>
          )}
        </div>
      }
    >
      <div className="wb-dialog-body">
        {made ? (
          <SecretNote code={made.code} secret={made.secret} />
        ) : (
          <>
            {text('code', code, setCode, 40)}
            <div className="dk-field">
              <label className="dk-label" htmlFor={`${id}-kind`}>
                {t('ledger.kind')}
              </label>
              <select id={`${id}-kind`} className="dk-input" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
                {things.map((thing) => (
                  <option key={thing.key} value={thing.key}>
                    {thingName(thing.key)}
                  </option>
                ))}
              </select>
            </div>
            {text('name', name, setName, 40)}
            <div className="dk-field">
              <label className="dk-label" htmlFor={`${id}-area`}>
                {t('ledger.area')}
              </label>
              <PickList
                id={`${id}-area`}
                value={cell}
                onChange={setCell}
                invalid={refused.areaCode !== undefined}
                describedBy={`${id}-area-note`}
                source={findCells}
              />
              <p id={`${id}-area-note`} className={refused.areaCode ? 'dk-error' : 'dk-note'}>
                {refused.areaCode ?? t('ledger.notes.area')}
              </p>
            </div>
            {text('place', place, setPlace, 80)}
            {text('gatewayCode', gatewayCode, setGatewayCode, 40)}
            {register.error && Object.keys(refused).length === 0 ? (
              <p className="dk-error" role="alert">
                {words(register.error)}
              </p>
            ) : null}
          </>
        )}
      </div>
    </Dialog>
  )
}

/** Communities and cells by name; the server says which of them are not ours. */
async function findCells(typed: string) {
  const lists = await Promise.all((['community', 'cell'] as const).map((level) => call('GET /public/areas', { query: { level } })))
  return lists
    .flatMap(({ items }) => items)
    .filter((one) => one.name.includes(typed.trim()))
    .slice(0, 40)
    .map((one) => ({ id: one.code, label: one.name, note: one.code }))
}
