import type { LineState } from '@linli/ui/client'
import { LoaderCircle, PlugZap, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** A quiet line under the top bar, gone when all is well and covering nothing: what is on the screen may be old, is being read again, or is up to date again. */
export function LineNote({ state }: { state: LineState }) {
  const { t } = useTranslation()
  const shown = state === 'broken' || state === 'catchingUp' || state === 'caughtUp'
  return (
    <div className="wb-line" role="status" data-state={state} data-shown={shown || undefined}>
      {state === 'broken' ? (
        <>
          <Unplug size={16} aria-hidden="true" /> {t('line.broken')}
        </>
      ) : null}
      {state === 'catchingUp' ? (
        <>
          <LoaderCircle size={16} aria-hidden="true" /> {t('line.catchingUp')}
        </>
      ) : null}
      {state === 'caughtUp' ? (
        <>
          <PlugZap size={16} aria-hidden="true" /> {t('line.caughtUp')}
        </>
      ) : null}
    </div>
  )
}
