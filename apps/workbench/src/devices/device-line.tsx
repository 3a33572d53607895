import { Sep } from '@linli/ui/desk'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Desk } from './use-desk.ts'

const PairDialog = lazy(async () => ({ default: (await import('./pair-dialog.tsx')).PairDialog }))

/** How reader and printer are, in words, and how to connect them; nothing where the platform lends none. */
export function DeviceLine({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const [isPairing, setIsPairing] = useState(false)
  if (desk.link === 'none') return null
  return (
    <p className="wb-devices" role="status">
      {desk.link === 'ready' ? (
        <>
          <span data-ready={desk.reader === 'ready' || undefined}>
            {t('devices.reader')} {t([`devices.states.${desk.reader}`, 'devices.states.unknown'])}
          </span>
          <Sep />
          <span data-ready={desk.printer === 'ready' || undefined}>
            {t('devices.printer')} {t([`devices.states.${desk.printer}`, 'devices.states.unknown'])}
          </span>
        </>
      ) : (
        <>
          {t(`devices.link.${desk.link}`)}
          <button type="button" className="dk-link" onClick={() => (desk.link === 'away' ? desk.lookAgain() : setIsPairing(true))}>
            {t(desk.link === 'away' ? 'devices.look' : 'devices.connect')}
          </button>
        </>
      )}
      {isPairing ? (
        <Suspense>
          <PairDialog desk={desk} onClose={() => setIsPairing(false)} />
        </Suspense>
      ) : null}
    </p>
  )
}
