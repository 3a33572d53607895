import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import type { DeviceView } from './queries.ts'

/** Through which gateway a device sends; of a gateway, what sends through it. */
export function GatewayFact({ device: { deviceId, gateway, behind } }: { device: DeviceView }) {
  const { t } = useTranslation()
  if (!gateway && behind === null) return null
  return (
    <div>
      <dt>{t(gateway ? 'ledger.gateway' : 'ledger.behind')}</dt>
      <dd>
        {gateway ? (
          <Link to="/devices" search={{ device: gateway.deviceId }} className="dk-link">
            {gateway.name} {gateway.code}
          </Link>
        ) : (
          <Link to="/devices" search={{ gatewayId: deviceId }} className="dk-link">
            {t('ledger.devicesBehind', { count: behind ?? 0 })}
          </Link>
        )}
      </dd>
    </div>
  )
}

interface GatewayChangeProps {
  device: DeviceView
  /** Why; absent while it is not written. */
  reason: string | undefined
  onDone(): void
}

/** Binds a device to a gateway by the code on it; left empty it sends by itself. */
export function GatewayChange({ device, reason, onDone }: GatewayChangeProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const before = device.gateway?.code ?? ''
  const [code, setCode] = useState(before)
  const bind = useMutation({
    mutationFn: () =>
      call('POST /devices/:deviceId/gateway', {
        params: { deviceId: device.deviceId },
        body: { requestId: newId(), gatewayCode: code.trim() || null, reason: reason ?? '' },
      }),
    onSuccess: onDone,
  })
  const refused = useFieldProblems()(bind.error, ['gatewayCode'])
  if (device.behind !== null) return null
  const problem = refused.gatewayCode ?? (bind.error ? words(bind.error) : undefined)
  return (
    <div className="wb-inline">
      <input
        className="dk-input wb-filter-choice"
        aria-label={t('ledger.gatewayCode')}
        placeholder={t('ledger.gatewayCode')}
        maxLength={40}
        value={code}
        aria-invalid={problem !== undefined || undefined}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <button
        type="button"
        className="dk-button dk-button-small"
        disabled={reason === undefined || code.trim() === before || bind.isPending}
        onClick={() => bind.mutate()}
      >
        {t('ledger.bindGateway')}
      </button>
      {problem ? (
        <p className="dk-error" role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  )
}
