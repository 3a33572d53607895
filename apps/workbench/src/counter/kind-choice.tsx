import { useTranslation } from 'react-i18next'
import type { Intake } from './intake-form.ts'

interface KindChoiceProps {
  intake: Intake
  onChange(part: Partial<Intake>): void
}

/** First of all: a resident's appeal, something that staff found, or a call to several units at once. The lines below follow from it. */
export function KindChoice({ intake, onChange }: KindChoiceProps) {
  const { t } = useTranslation()
  const choose = (kind: Intake['kind']) =>
    onChange({ kind, channel: kind === 'appeal' ? 'phone' : 'grid', category: '', appealType: '', level: '', occurredAt: '' })
  return (
    <div className="dk-choices wb-kind-choice" role="radiogroup" aria-label={t('intake.which')}>
      {(['appeal', 'event', 'callOut'] as const).map((kind) => (
        <label key={kind} className="dk-choice">
          <input type="radio" name="kind" checked={intake.kind === kind} onChange={() => choose(kind)} />
          <span>{t(`desk.kind.${kind}`)}</span>
        </label>
      ))}
    </div>
  )
}

export const channelsOf = (kind: Intake['kind']): readonly Intake['channel'][] => {
  if (kind === 'callOut') return ['grid']
  return kind === 'event' ? ['grid', 'phone', 'counter', 'visit'] : ['phone', 'counter', 'visit']
}
