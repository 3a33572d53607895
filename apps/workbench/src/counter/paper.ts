import type { AnswerOf } from '@linli/ui/client'
import { useDefinitionText } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Paper } from '../devices/receipt-printer.ts'

export type Receipt = AnswerOf<'POST /cases/:caseId/receipts'>

/** A long code is read out and copied in groups of four. */
export const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

/** Where the QR code leads: the resident's progress page, which asks for the last four digits before it shows anything. */
export const progressUrl = (number: string): string => `${globalThis.location.origin}/resident/progress/${encodeURIComponent(number)}`

/** A receipt in the words of a paper, with whole dates: paper does not know what today is. The screen and the printer show the same. */
export function usePaper(): (receipt: Receipt) => Paper {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  return (receipt) => {
    const { promise, office } = receipt
    const lines = [
      { label: t('receipt.matter'), value: receipt.title },
      { label: t('receipt.place'), value: [receipt.communityName, receipt.place].filter(Boolean).join(' ') },
      { label: t('receipt.taken'), value: time.moment(receipt.openedAt, 0) },
      { label: t('receipt.by'), value: office.name },
      ...(promise
        ? [
            {
              label: text(`clock.${promise.clock}`, promise.name),
              value: `${t('receipt.before', { at: time.moment(promise.dueAt, 0) })}${promise.provisional ? t('receipt.provisional') : ''}`,
            },
          ]
        : []),
      ...(office.phone
        ? [{ label: t('receipt.phone'), value: office.phoneOf === office.name ? office.phone : `${office.phone} ${office.phoneOf}` }]
        : []),
    ]
    return {
      title: t('receipt.title'),
      mark: receipt.copy > 0 ? t('receipt.copyOf', { n: receipt.copy }) : null,
      number: receipt.number,
      lines,
      code: inFours(receipt.code),
      qr: progressUrl(receipt.number),
      notes: [t(`receipt.ask.${receipt.askBy}`), t(receipt.kind === 'appeal' ? 'receipt.foot' : 'receipt.eventFoot')],
    }
  }
}
