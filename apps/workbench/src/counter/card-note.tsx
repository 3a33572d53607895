import { IdCard } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CardReading } from '../devices/card-reader.ts'

export type CardState = CardReading | { state: 'reading' }

/** What the reader said: whose card lies there, or why there is none and that it goes on by hand. */
export function CardNote({ card }: { card: CardState | undefined }) {
  const { t } = useTranslation()
  if (!card) return null
  const isRead = card.state === 'read'
  return (
    <div className="wb-card" role="status" data-read={isRead || undefined}>
      <IdCard size={28} aria-hidden="true" />
      <div>
        <p>
          <strong>{t(`card.${card.state}`)}</strong>
          {isRead ? <span className="wb-card-number"> {card.idMasked}</span> : null}
        </p>
        {card.state === 'reading' ? null : <p className="dk-note">{t(isRead ? 'card.kept' : 'card.byHand')}</p>}
      </div>
    </div>
  )
}
