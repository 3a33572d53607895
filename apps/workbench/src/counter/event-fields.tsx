import { isoToLocal, localToIso, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import { levels } from '../api/kinds.ts'
import type { Category } from '../api/queries.ts'
import type { Intake } from './intake-form.ts'

interface EventFieldsProps {
  intake: Intake
  categories: readonly Category[]
  errors: Readonly<Record<string, string>>
  onChange(part: Partial<Intake>): void
}

/** What an event is, how urgent, and since when: its limits and its unit follow from the first two. A call-out is only more or less urgent. */
export function EventFields({ intake, categories, errors, onChange }: EventFieldsProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const at = localToIso(intake.occurredAt)
  return (
    <>
      <div className="wb-pair">
        {intake.kind === 'event' ? (
          <select
            name="category"
            className="dk-input"
            aria-label={t('intake.category')}
            aria-required="true"
            aria-invalid={errors.category ? true : undefined}
            value={intake.category}
            onChange={(event) => onChange({ category: event.currentTarget.value })}
          >
            <option value="">{t('intake.chooseCategory')}</option>
            {categories.map((category) => (
              <option key={category.key} value={category.key}>
                {text(`category.${category.key}`, category.name)}
              </option>
            ))}
          </select>
        ) : null}
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
      </div>
      {intake.kind === 'event' ? (
        <>
          <label className="wb-pair">
            <span className="dk-note">{t('intake.occurredAt')}</span>
            <input
              name="occurredAt"
              type="datetime-local"
              className="dk-input"
              max={isoToLocal(now)}
              aria-invalid={errors.occurredAt ? true : undefined}
              value={intake.occurredAt}
              onChange={(event) => onChange({ occurredAt: event.currentTarget.value })}
            />
          </label>
          <p role="status" className="dk-note">
            {at ? time.moment(at, now) : ''}
          </p>
        </>
      ) : null}
    </>
  )
}
