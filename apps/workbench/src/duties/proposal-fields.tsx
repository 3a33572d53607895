import { useTranslation } from 'react-i18next'
import { useDayWords } from './day-words.ts'
import { DutyField } from './duty-field.tsx'

interface ProposalFieldsProps {
  id: string
  effectiveOn: string
  reason: string
  errors: Readonly<Record<string, string>>
  onChange(part: { effectiveOn?: string; reason?: string }): void
}

/** From which day on, and why: of every change of the lists, read by whoever confirms it. */
export function ProposalFields({ id, effectiveOn, reason, errors, onChange }: ProposalFieldsProps) {
  const { t } = useTranslation()
  const day = useDayWords()
  return (
    <>
      <DutyField id={`${id}-effectiveOn`} label={t('duties.effectiveOn')} error={errors.effectiveOn} note={day(effectiveOn)}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="dk-input"
            value={effectiveOn}
            onChange={(event) => onChange({ effectiveOn: event.currentTarget.value })}
          />
        )}
      </DutyField>
      <DutyField id={`${id}-reason`} label={t('duties.reason')} error={errors.reason} note={t('duties.reasonNote')}>
        {(control) => (
          <textarea
            {...control}
            className="dk-input"
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
        )}
      </DutyField>
    </>
  )
}
