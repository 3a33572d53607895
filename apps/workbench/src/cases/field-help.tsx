import { type DraftValue, useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type CaseView, categoriesQuery } from '../api/queries.ts'
import { ChosenDuty } from '../duties/chosen-duty.tsx'
import { templatesOf } from './reply-templates.ts'

interface FieldHelpProps {
  field: { key: string; type: string }
  move: string
  caseFile: CaseView
  value: DraftValue
  onChange(value: DraftValue): void
}

/** What stands ready under a field: beginnings of replies, the names of categories, what the duty lists say of the unit that was chosen. */
export function FieldHelp({ field, move, caseFile, value, onChange }: FieldHelpProps) {
  if (field.key === 'reply') return <Templates move={move} value={value} onChange={onChange} />
  if (field.key === 'category' && field.type === 'text') return <Categories value={value} onChange={onChange} />
  if (field.type === 'organization' && value && typeof value === 'object' && 'id' in value)
    return <ChosenDuty caseFile={caseFile} orgId={value.id} />
  return null
}

function Templates({ move, value, onChange }: Omit<FieldHelpProps, 'field' | 'caseFile'>) {
  const { t } = useTranslation()
  const templates = templatesOf(move)
  if (templates.length === 0) return null
  const use = (text: string) => onChange(typeof value === 'string' && value.trim() ? `${value.trimEnd()}\n${text}` : text)
  return (
    <div className="wb-chips" role="group" aria-label={t('templates.label')}>
      <span className="dk-note">{t('templates.label')}</span>
      {templates.map((template) => (
        <button key={template.key} type="button" className="wb-chip" onClick={() => use(template.text)}>
          {t(`templates.${template.key}`)}
        </button>
      ))}
    </div>
  )
}

function Categories({ value, onChange }: Pick<FieldHelpProps, 'value' | 'onChange'>) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const { data } = useQuery(categoriesQuery)
  if (!data || data.items.length === 0) return null
  return (
    <div className="wb-chips" role="group" aria-label={t('categories.label')}>
      {data.items.map((category) => (
        <button
          key={category.key}
          type="button"
          className="wb-chip"
          aria-pressed={value === category.key}
          onClick={() => onChange(category.key)}
        >
          {text(`category.${category.key}`, category.name)}
        </button>
      ))}
    </div>
  )
}
