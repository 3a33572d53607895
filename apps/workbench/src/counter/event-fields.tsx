import { isoToLocal, localToIso, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import { levels } from '../api/kinds.ts'
import type { Intake } from './intake-form.ts'

interface EventFieldsProps {
  intake: Intake
  errors: Readonly<Record<string, string>>
  onChange(part: Partial<Intake>): void
}

/** How urgent, and since when: an event's limits follow from it. A call-out is only more or less urgent. */
export function EventFields({ intake, errors, onChange }: EventFieldsProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const at = localToIso(intake.occurredAt)
  return (
    <div className="wb-pair">
      <select
        name="level"
        className="dk-input"
        aria-label={t('intake.level')}
        aria-required="true"
        aria-invalid={errors.level ? true : undefined}
        value={intake.level}
        onChange={(event) => onChange({ level: event.currentTarget.value })}
      >
        <option value="">{t('intake.chooseLevel')}</option>
        {levels.map((level) => (
          <option key={level} value={level}>
            {t(`desk.entryValue.level.${level}`)}
          </option>
        ))}
      </select>
      {intake.kind === 'event' ? (
        <div>
          <input
            name="occurredAt"
            type="datetime-local"
            className="dk-input"
            aria-label={t('intake.occurredAt')}
            max={isoToLocal(now)}
            aria-invalid={errors.occurredAt ? true : undefined}
            value={intake.occurredAt}
            onChange={(event) => onChange({ occurredAt: event.currentTarget.value })}
          />
          <p role="status" className="dk-note">
            {at ? time.moment(at, now) : t('intake.occurredAt')}
          </p>
        </div>
      ) : null}
    </div>
  )
}
