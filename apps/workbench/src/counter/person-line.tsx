import { KeyCap } from '@linli/ui/desk'
import { useTranslation } from 'react-i18next'
import { type Intake, relations } from './intake-form.ts'
import { Line } from './line.tsx'

interface PersonLineProps {
  intake: Intake
  errors: Readonly<Record<string, string>>
  onChange(part: Partial<Intake>): void
}

/** Who it is for, and who came in their place. All of it may be left out; only an agent says for whom. */
export function PersonLine({ intake, errors, onChange }: PersonLineProps) {
  const { t } = useTranslation()
  return (
    <Line at="1" label={t('intake.person')} error={errors.name ?? errors.phone ?? errors.agentName ?? errors.relation}>
      <div className="wb-pair">
        <TextInput
          name="name"
          label={t(intake.isOnBehalf ? 'intake.principal' : 'intake.name')}
          most={40}
          {...{ intake, errors, onChange }}
        />
        <TextInput name="phone" label={t('intake.phone')} most={20} isPhone {...{ intake, errors, onChange }} />
      </div>
      <label className="dk-choice wb-behalf">
        <input
          type="checkbox"
          name="isOnBehalf"
          checked={intake.isOnBehalf}
          onChange={(event) => onChange({ isOnBehalf: event.currentTarget.checked })}
        />
        <span>
          {t('intake.onBehalf')} <KeyCap>F6</KeyCap>
        </span>
      </label>
      {intake.isOnBehalf ? (
        <div className="wb-pair">
          <TextInput name="agentName" label={t('intake.agent')} most={40} {...{ intake, errors, onChange }} />
          <select
            name="relation"
            className="dk-input"
            aria-label={t('intake.relation')}
            aria-required="true"
            aria-invalid={errors.relation ? true : undefined}
            value={intake.relation}
            onChange={(event) => onChange({ relation: event.currentTarget.value })}
          >
            <option value="">{t('intake.chooseRelation')}</option>
            {relations.map((relation) => (
              <option key={relation} value={relation}>
                {t(`relation.${relation}`)}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <p className="dk-note">{t('intake.contactNote')}</p>
    </Line>
  )
}

interface TextInputProps extends PersonLineProps {
  name: 'name' | 'phone' | 'agentName'
  label: string
  most: number
  isPhone?: boolean
}

function TextInput({ name, label, most, isPhone = false, intake, errors, onChange }: TextInputProps) {
  return (
    <input
      name={name}
      className="dk-input"
      autoComplete="off"
      {...(isPhone ? { inputMode: 'tel' as const } : {})}
      aria-label={label}
      aria-invalid={errors[name] ? true : undefined}
      placeholder={label}
      maxLength={most}
      value={intake[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  )
}
