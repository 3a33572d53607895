import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { QRCode } from 'antd'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../api/queries.ts'
import type { Intake } from './intake-form.ts'

/** A long code is read out and copied in groups of four. */
const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

interface ReceiptProps {
  intake: Intake
  me: Me
  filed: { caseId: string; number: string; code: string; at: number } | undefined
}

/** The paper as it will be printed, filling while the form is typed. A second print says that it is a copy. */
export function Receipt({ intake, me, filed }: ReceiptProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const [printed, setPrinted] = useState<{ number: string; times: number }>()
  const times = filed && printed?.number === filed.number ? printed.times : 0
  const print = () => {
    if (!filed) return
    globalThis.print()
    setPrinted({ number: filed.number, times: times + 1 })
  }
  return (
    <aside className="wb-receipt-pane" aria-label={t('receipt.preview')}>
      <p className="wb-receipt-head">
        <strong>{t('receipt.preview')}</strong>
        {filed ? (
          <button type="button" className="dk-button dk-button-small" onClick={print}>
            <Printer size={16} aria-hidden="true" /> {t(times > 0 ? 'receipt.printAgain' : 'receipt.print')}
          </button>
        ) : null}
      </p>
      <div className="wb-paper">
        <h2>
          {t('receipt.title')} {times > 0 ? <small>{t('receipt.copy')}</small> : null}
        </h2>
        <p className="wb-paper-number">{filed?.number ?? t('receipt.numberLater')}</p>
        <dl>
          <dt>{t('receipt.matter')}</dt>
          <dd>{intake.detail.trim().slice(0, 80) || '—'}</dd>
          <dt>{t('receipt.place')}</dt>
          <dd>{intake.place.trim() || '—'}</dd>
          <dt>{t('receipt.taken')}</dt>
          <dd>
            {time.moment(filed?.at ?? now, 0)} {me.actingPost?.orgName ?? ''}
          </dd>
          <dt>{t('receipt.code')}</dt>
          <dd className="wb-paper-code">{filed ? inFours(filed.code) : '—'}</dd>
        </dl>
        {filed ? (
          <div className="wb-paper-qr">
            <QRCode
              type="svg"
              size={112}
              bordered={false}
              value={`${globalThis.location.origin}/resident/progress/${encodeURIComponent(filed.number)}`}
            />
            <p>{t(intake.phone.trim() ? 'receipt.askByPhone' : 'receipt.askByCode')}</p>
          </div>
        ) : null}
        <p className="wb-paper-foot">{t(intake.kind === 'event' ? 'receipt.eventFoot' : 'receipt.foot')}</p>
      </div>
    </aside>
  )
}
