import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import type { DeviceView } from './queries.ts'

const dayMs = 86_400_000
/** Time enough to have a new one signed and to go there. */
const warnedDays = 30

/** By what a device proves that it is itself: a secret, or a certificate with its end. */
export function KeyFact({ device: { certificate, secretMadeAt } }: { device: DeviceView }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return (
    <div>
      <dt>{t('ledger.key')}</dt>
      <dd>
        {certificate
          ? t('ledger.keyCertificate', { name: certificate.name, until: time.day(certificate.until, now) })
          : secretMadeAt
            ? t('ledger.keySecret', { at: time.moment(secretMadeAt, now) })
            : t('ledger.keyNone')}
        {certificate ? <code className="wb-fingerprint">SHA-256 {certificate.fingerprint}</code> : null}
      </dd>
    </div>
  )
}

/** Says that a certificate ends soon, or has ended: from then on nothing of the device arrives. */
export function CertificateWarning({ device: { certificate } }: { device: DeviceView }) {
  const { t } = useTranslation()
  const now = useNow()
  if (!certificate) return null
  const left = Math.ceil((Date.parse(certificate.until) - now) / dayMs)
  if (left > warnedDays) return null
  return (
    <p className="wb-device-state" role="status">
      {left > 0 ? t('ledger.certificateEnds', { count: left }) : t('ledger.certificateEnded')}
    </p>
  )
}

interface CertificateChangeProps {
  device: DeviceView
  /** Why; absent while it is not written. */
  reason: string | undefined
  onDone(): void
}

/** Registers the certificate of a device in place of its secret, or takes it back. */
export function CertificateChange({ device, reason, onDone }: CertificateChangeProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const [pem, setPem] = useState('')
  const register = useMutation({
    mutationFn: (certificate: string | null) =>
      call('POST /devices/:deviceId/certificate', {
        params: { deviceId: device.deviceId },
        body: { requestId: newId(), certificate, reason: reason ?? '' },
      }),
    onSuccess: () => {
      setPem('')
      onDone()
    },
  })
  const refused = useFieldProblems()(register.error, ['certificate'])
  if (device.protocol !== 'mqtt') return null
  const problem = refused.certificate ?? (register.error ? words(register.error) : undefined)
  const isIdle = reason !== undefined && !register.isPending
  return (
    <details>
      <summary>{t('ledger.certificate')}</summary>
      <div className="wb-certificate">
        <p className="dk-note">{t('ledger.certificateNote')}</p>
        <textarea
          className="dk-input"
          rows={4}
          spellCheck={false}
          aria-label={t('ledger.certificatePem')}
          placeholder="-----BEGIN CERTIFICATE-----"
          maxLength={16_000}
          value={pem}
          aria-invalid={problem !== undefined || undefined}
          onChange={(event) => setPem(event.currentTarget.value)}
        />
        {problem ? (
          <p className="dk-error" role="alert">
            {problem}
          </p>
        ) : null}
        <div className="wb-inline">
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={!isIdle || pem.trim() === ''}
            onClick={() => register.mutate(pem)}
          >
            {t('ledger.certificateRegister')}
          </button>
          {device.certificate ? (
            <button type="button" className="dk-button dk-button-small" disabled={!isIdle} onClick={() => register.mutate(null)}>
              {t('ledger.certificateRevoke')}
            </button>
          ) : null}
        </div>
      </div>
    </details>
  )
}
