import { findThing } from '@linli/signals/define'
import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { ProfileSections } from '../parts/profile-sections.tsx'
import { Nothing, Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { CertificateChange, CertificateWarning, KeyFact } from './device-certificate.tsx'
import { GatewayChange, GatewayFact } from './device-gateway.tsx'
import { type DeviceView, deviceQuery, telemetryQuery } from './queries.ts'
import { SecretNote } from './secret-note.tsx'
import { useThingName } from './thing-name.ts'

/** One device: what it last said, whether it is there, what it is bound to, and what may be done with it. */
export function DeviceDialog({ deviceId, onClose }: { deviceId: string; onClose(): void }) {
  const { t } = useTranslation()
  const { data: device, error, isPending, refetch } = useQuery(deviceQuery(deviceId))
  return (
    <Dialog
      title={device ? `${device.name} ${device.code}` : t('ledger.one')}
      width="44rem"
      onClose={onClose}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('ledger.close')}
          </button>
        </div>
      }
    >
      <div className="wb-dialog-body">
        {isPending ? <Waiting rows={6} /> : null}
        {error && !device ? <Problem error={error} retry={() => void refetch()} /> : null}
        {device ? <Facts device={device} /> : null}
        {device?.mayChange ? <Changes device={device} /> : null}
        {device ? <ProfileSections sections={device.sections} /> : null}
        {device ? <Messages deviceId={deviceId} kind={device.kind} /> : null}
      </div>
    </Dialog>
  )
}

function useValueText(): (kind: string, key: string, value: number) => string {
  const { t } = useTranslation()
  const isEnglish = useLanguage() === 'en'
  return (kind, key, value) => {
    const spec = findThing(kind)?.values.find((one) => one.key === key)
    const name = (isEnglish ? spec?.nameEn : spec?.name) ?? key
    const said =
      spec?.type === 'flag'
        ? t(value ? 'ledger.yes' : 'ledger.no')
        : `${value}${spec?.unit && (!isEnglish || !/\p{Script=Han}/u.test(spec.unit)) ? ` ${spec.unit}` : ''}`
    return `${name} ${said}`
  }
}

function Facts({ device }: { device: DeviceView }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const thingName = useThingName()
  const valueText = useValueText()
  const facts: [string, string][] = [
    [t('ledger.kind'), thingName(device.kind)],
    [
      t('ledger.presence'),
      `${t(`ledger.presences.${device.presence}`)}${device.lastSeenAt ? ` · ${time.moment(device.lastSeenAt, now)}` : ''}`,
    ],
    [t('ledger.place'), [device.communityName, device.cellName, device.place].filter(Boolean).join(' ')],
    [t('ledger.subject'), [t(`ledger.subjects.${device.subjectKind}`), device.subjectName].filter(Boolean).join(' ')],
    [t('ledger.owner'), device.ownerName],
    [t('ledger.maintainer'), device.maintainerName],
    [t('ledger.protocol'), `${device.protocol.toUpperCase()} · ${device.topics.up}`],
    [t('ledger.firmware'), device.firmware ?? t('ledger.firmwareUnknown')],
    [t('ledger.registered'), time.moment(device.registeredAt, now)],
  ]
  return (
    <>
      {device.state === 'active' ? null : (
        <p className="wb-device-state">
          {t(`ledger.states.${device.state}`)}
          {device.suspendedFor ? ` · ${t(`ledger.pauses.${device.suspendedFor}`)}` : ''}
          {device.suspendedUntil ? ` · ${t('ledger.until', { at: time.moment(device.suspendedUntil, now) })}` : ''}
        </p>
      )}
      {device.isShut ? (
        <p className="wb-device-state" role="status">
          {t('ledger.shut')}
        </p>
      ) : null}
      <CertificateWarning device={device} />
      <ul className="wb-latest" aria-label={t('ledger.latest')}>
        {device.latest.map(({ key, value, at }) => (
          <li key={key}>
            <b>{valueText(device.kind, key, value)}</b>
            <time className="dk-meta" dateTime={at}>
              {time.moment(at, now)}
            </time>
          </li>
        ))}
        {device.latest.length === 0 ? <li>{t('ledger.noValues')}</li> : null}
      </ul>
      <dl className="wb-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <KeyFact device={device} />
        <GatewayFact device={device} />
      </dl>
    </>
  )
}

const days = [1, 3, 7, 30] as const

function Changes({ device }: { device: DeviceView }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const now = useNow()
  const [reason, setReason] = useState('')
  const [pauseDays, setPauseDays] = useState<(typeof days)[number]>(3)
  const [secret, setSecret] = useState<string>()
  const isNamed = reason.trim().length >= 2
  const done = () => {
    setReason('')
    return queryClient.invalidateQueries({ queryKey: [area.devices] })
  }
  const rotate = useMutation({
    mutationFn: () =>
      call('POST /devices/:deviceId/secret', {
        params: { deviceId: device.deviceId },
        body: { requestId: newId(), reason: reason.trim() },
      }),
    onSuccess: (answer) => {
      setSecret(answer.secret)
      return done()
    },
  })
  const change = useMutation({
    mutationFn: (state: 'active' | 'suspended' | 'retired') =>
      call('POST /devices/:deviceId/state', {
        params: { deviceId: device.deviceId },
        body: {
          requestId: newId(),
          state,
          reason: reason.trim(),
          ...(state === 'suspended'
            ? { suspendedFor: 'maintenance' as const, suspendedUntil: new Date(now + pauseDays * 86_400_000).toISOString() }
            : {}),
        },
      }),
    onSuccess: done,
  })
  const isBusy = rotate.isPending || change.isPending
  const error = rotate.error ?? change.error
  return (
    <fieldset className="wb-device-changes">
      <legend className="dk-label">{t('ledger.changes')}</legend>
      <input
        className="dk-input"
        aria-label={t('ledger.reason')}
        placeholder={t('ledger.reason')}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="wb-inline">
        {device.state === 'active' ? (
          <>
            <select
              className="dk-input wb-filter-choice"
              aria-label={t('ledger.howLong')}
              value={pauseDays}
              onChange={(event) => setPauseDays(Number(event.currentTarget.value) as (typeof days)[number])}
            >
              {days.map((count) => (
                <option key={count} value={count}>
                  {t('ledger.days', { count })}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="dk-button dk-button-small"
              disabled={!isNamed || isBusy}
              onClick={() => change.mutate('suspended')}
            >
              {t('ledger.suspend')}
            </button>
          </>
        ) : (
          <button type="button" className="dk-button dk-button-small" disabled={!isNamed || isBusy} onClick={() => change.mutate('active')}>
            {t('ledger.wake')}
          </button>
        )}
        <button type="button" className="dk-button dk-button-small" disabled={!isNamed || isBusy} onClick={() => rotate.mutate()}>
          {t('ledger.rotate')}
        </button>
        <button type="button" className="dk-button dk-button-small" disabled={!isNamed || isBusy} onClick={() => change.mutate('retired')}>
          {t('ledger.retire')}
        </button>
      </div>
      <GatewayChange device={device} reason={isNamed ? reason.trim() : undefined} onDone={done} />
      <CertificateChange device={device} reason={isNamed ? reason.trim() : undefined} onDone={done} />
      <p className="dk-note">{t('ledger.reasonNote')}</p>
      {secret ? <SecretNote code={device.code} secret={secret} /> : null}
      {error ? (
        <p className="dk-error" role="alert">
          {words(error)}
        </p>
      ) : null}
    </fieldset>
  )
}

function Messages({ deviceId, kind }: { deviceId: string; kind: string }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const valueText = useValueText()
  const { data } = useQuery(telemetryQuery(deviceId))
  return (
    <section aria-label={t('ledger.messages')}>
      <h3 className="dk-h3">{t('ledger.messages')}</h3>
      {data?.items.length === 0 ? <Nothing title={t('ledger.noMessages')} /> : null}
      <ol className="wb-alarm-lines">
        {data?.items.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two messages may share an instant
          <li key={`${message.at} ${index}`}>
            <time dateTime={message.at}>{time.moment(message.at, now)}</time>
            <div>
              {Object.entries(message.values)
                .map(([key, value]) => valueText(kind, key, value))
                .join('，')}
              {message.timeSource === 'replaced' ? <p className="dk-note">{t('ledger.replaced')}</p> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
