import { useDefinitionText } from '@linli/ui/desk'
import { useTranslation } from 'react-i18next'
import type { Category } from '../api/queries.ts'
import type { Intake } from './intake-form.ts'

const appealTypes = ['consult', 'help', 'complaint', 'report', 'suggest', 'urgent'] as const

interface AppealFieldsProps {
  intake: Intake
  categories: readonly Category[]
  onChange(part: Partial<Intake>): void
}

/** What an appeal is about and what kind it is, where that is known already; else whoever accepts it says so. */
export function AppealFields({ intake, categories, onChange }: AppealFieldsProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  return (
    <div className="wb-pair">
      <select
        name="category"
        className="dk-input"
        aria-label={t('intake.category')}
        value={intake.category}
        onChange={(event) => onChange({ category: event.currentTarget.value })}
      >
        <option value="">{t('intake.categoryLater')}</option>
        {categories.map((category) => (
          <option key={category.key} value={category.key}>
            {text(`category.${category.key}`, category.name)}
          </option>
        ))}
      </select>
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
    </div>
  )
}
