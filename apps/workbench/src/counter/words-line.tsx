import { useTranslation } from 'react-i18next'
import { EventFields } from './event-fields.tsx'
import type { Intake } from './intake-form.ts'
import { Line } from './line.tsx'

const appealTypes = ['consult', 'help', 'complaint', 'report', 'suggest', 'urgent'] as const

interface WordsLineProps {
  intake: Intake
  errors: Readonly<Record<string, string>>
  onChange(part: Partial<Intake>): void
}

/** The person's own words, and beside them what only this kind of work asks: how urgent, since when; or what type of appeal, where that is known. */
export function WordsLine({ intake, errors, onChange }: WordsLineProps) {
  const { t } = useTranslation()
  return (
    <Line at="3" label={t('intake.detail')} htmlFor="intake-detail" error={errors.detail ?? errors.level ?? errors.occurredAt}>
      <textarea
        id="intake-detail"
        name="detail"
        className="dk-input"
        rows={4}
        maxLength={20_000}
        aria-required="true"
        aria-invalid={errors.detail ? true : undefined}
        placeholder={t(`intake.hintOf.${intake.kind}`)}
        value={intake.detail}
        onChange={(event) => onChange({ detail: event.currentTarget.value })}
        // biome-ignore lint/a11y/noAutofocus: the caller is already talking; the first thing is to write it down
        autoFocus
      />
      {intake.kind === 'appeal' ? (
        <select
          name="appealType"
          className="dk-input"
          aria-label={t('intake.appealType')}
          value={intake.appealType}
          onChange={(event) => onChange({ appealType: event.currentTarget.value })}
        >
          <option value="">{t('intake.typeLater')}</option>
          {appealTypes.map((type) => (
            <option key={type} value={type}>
              {t(`desk.entryValue.appealType.${type}`)}
            </option>
          ))}
        </select>
      ) : (
        <EventFields intake={intake} errors={errors} onChange={onChange} />
      )}
    </Line>
  )
}
