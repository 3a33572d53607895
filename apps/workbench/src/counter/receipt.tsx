import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { QRCode } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Me } from '../api/queries.ts'
import type { Paper } from '../devices/receipt-printer.ts'
import type { Intake } from './intake-form.ts'

/** The paper itself, as the printer prints it. */
export function PaperSheet({ paper }: { paper: Paper }) {
  return (
    <div className="wb-paper">
      <h2>
        {paper.title} {paper.mark ? <small>{paper.mark}</small> : null}
      </h2>
      <p className="wb-paper-number">{paper.number}</p>
      <dl>
        {paper.lines.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="wb-paper-code">{paper.code}</p>
      <div className="wb-paper-qr">
        {paper.qr ? (
          // The number above says the same in words.
          <span aria-hidden="true">
            <QRCode type="svg" size={112} bordered={false} value={paper.qr} />
          </span>
        ) : null}
        <div>
          {paper.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      </div>
    </div>
  )
}

/** The paper before it has a number: it fills while the form is typed, so that nobody waits for a surprise. */
export function usePreview(intake: Intake, me: Me): Paper {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return {
    title: t('receipt.title'),
    mark: null,
    number: t('receipt.numberLater'),
    lines: [
      { label: t('receipt.matter'), value: Array.from(intake.detail.trim()).slice(0, 80).join('') || '—' },
      { label: t('receipt.place'), value: intake.place.trim() || '—' },
      { label: t('receipt.taken'), value: time.moment(now, 0) },
      { label: t('receipt.by'), value: me.actingPost?.orgName ?? '' },
    ],
    code: '—',
    qr: '',
    notes: [
      t(intake.phone.trim() ? 'receipt.ask.phone' : 'receipt.ask.code'),
      t(intake.kind === 'appeal' ? 'receipt.foot' : 'receipt.eventFoot'),
    ],
  }
}
