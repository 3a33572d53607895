import { KeyCap } from '@linli/ui/desk'
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area, type CaseView } from '../api/queries.ts'
import { useDesk } from '../devices/use-desk.ts'
import { Dialog } from '../parts/dialog.tsx'
import { usePaper } from './paper.ts'
import { PrintNote } from './print-note.tsx'
import { PaperSheet } from './receipt.tsx'
import { usePrinting } from './use-printing.ts'

/** A receipt for somebody who comes back without theirs. Says before it prints that the paper will call itself a copy. */
export function ReceiptDialog({ caseFile, onClose }: { caseFile: CaseView; onClose(): void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const paperOf = usePaper()
  const printing = usePrinting(useDesk())
  const [reason, setReason] = useState('')
  const [before] = useState(caseFile.receipts ?? 0)
  useEffect(() => {
    // On paper the dialog is the page, see print.css.
    document.documentElement.dataset.paper = 'receipt'
    return () => {
      delete document.documentElement.dataset.paper
    }
  }, [])
  const print = () => {
    printing.print(caseFile.caseId, reason.trim().length > 1 ? reason.trim() : undefined)
  }
  const close = () => {
    void queryClient.invalidateQueries({ queryKey: [area.case, caseFile.caseId] })
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const isPrint = event.key === 'F9' || (event.key === 'Enter' && (event.target as HTMLElement).tagName === 'INPUT')
    if (!isPrint || event.nativeEvent.isComposing) return
    event.preventDefault()
    print()
  }
  return (
    <Dialog
      title={t(before > 0 ? 'receipt.again' : 'receipt.first')}
      width="32rem"
      onClose={close}
      footer={
        <footer className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={close}>
            {t('receipt.close')}
          </button>
          <button type="button" className="dk-button dk-button-primary" onClick={print} disabled={printing.outcome === 'sending'}>
            {t('receipt.print')} <KeyCap>F9</KeyCap>
          </button>
        </footer>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog, wherever the focus is in it */}
      <div className="wb-dialog-body" onKeyDown={onKeyDown}>
        {printing.receipt ? null : (
          <>
            <p>{before > 0 ? t('receipt.dialogText', { count: before }) : t('receipt.dialogFirst')}</p>
            {before > 0 ? (
              <input
                className="dk-input"
                aria-label={t('receipt.reason')}
                placeholder={t('receipt.reason')}
                maxLength={200}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            ) : null}
          </>
        )}
        <PrintNote printing={printing} />
        {printing.receipt ? <PaperSheet paper={paperOf(printing.receipt)} /> : null}
      </div>
    </Dialog>
  )
}
