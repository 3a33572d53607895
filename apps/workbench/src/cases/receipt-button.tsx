import { Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/queries.ts'

const ReceiptDialog = lazy(async () => ({ default: (await import('../counter/receipt-dialog.tsx')).ReceiptDialog }))

/** For the office that took the matter in: its receipt, or a copy for somebody who lost it. */
export function ReceiptButton({ caseFile }: { caseFile: CaseView }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  if (caseFile.receipts === null) return null
  return (
    <>
      <button type="button" className="dk-button dk-button-small wb-case-tools" onClick={() => setIsOpen(true)}>
        <Printer size={16} aria-hidden="true" /> {t(caseFile.receipts > 0 ? 'receipt.again' : 'receipt.first')}
      </button>
      {isOpen ? (
        <Suspense>
          <ReceiptDialog caseFile={caseFile} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
