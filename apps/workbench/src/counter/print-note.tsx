import { KeyCap } from '@linli/ui/desk'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import type { Printing } from './use-printing.ts'

/** What became of the paper, and where it did not come out, what to do. */
export function PrintNote({ printing }: { printing: Printing }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const { outcome, error, receipt } = printing
  if (error) {
    return (
      <p className="dk-error" role="alert">
        {words(error)}
      </p>
    )
  }
  if (!outcome) return null
  if (outcome === 'sending') return <p role="status">{t('printing.sending')}</p>
  const isFine = outcome === 'printed' || outcome === 'printedPaperLow' || outcome === 'dialog'
  return (
    <div className={isFine ? 'wb-print' : 'wb-print wb-print-stuck'} role={isFine ? 'status' : 'alert'}>
      <p>{t(`printing.outcome.${outcome}`, { copy: receipt?.copy ?? 0 })}</p>
      {isFine ? null : (
        <p className="wb-inline">
          <span>
            {t('printing.again')} <KeyCap>F9</KeyCap>
          </span>
          <button type="button" className="dk-link" onClick={printing.printByBrowser}>
            {t('printing.byBrowser')}
          </button>
        </p>
      )}
    </div>
  )
}
