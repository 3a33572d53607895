import { useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categoriesQuery } from '../api/queries.ts'
import { Choice, DayField, type Option } from '../lists/choice.tsx'
import { FindForm } from '../lists/find-form.tsx'
import { dutyChoicesQuery } from './queries.ts'

interface Search {
  q?: string
  category?: string
  org?: string
  area?: string
  on?: string
  ever?: string
}
const selects = ['category', 'org', 'area'] as const
type Choices = Record<(typeof selects)[number], Option[]>

/** What lines can be narrowed to, in words. */
export function useDutyChoices(): Choices {
  const text = useDefinitionText()
  const { data: categories } = useQuery(categoriesQuery)
  const { data: choices } = useQuery(dutyChoicesQuery)
  const named = new Map(categories?.items.map((one) => [one.key, text(`category.${one.key}`, one.name)]))
  return {
    category: [...named].map(([value, name]) => ({ value, text: name })),
    org: (choices?.organizations ?? []).map((one) => ({ value: one.orgId, text: one.name })),
    area: (choices?.areas ?? []).map((one) => ({ value: one.areaId, text: one.name })),
  }
}

interface DutyFiltersProps {
  search: Search
  choices: Choices
  onChange(change: { [K in keyof Search]?: Search[K] | undefined }): void
}

/** By words, category, organization and place; in force on a day, or every line that ever was. */
export function DutyFilters({ search, choices, onChange }: DutyFiltersProps) {
  const { t } = useTranslation()
  return (
    <FindForm isWide q={search.q} label={t('duties.wordsHint')} onFind={(q) => onChange({ q })}>
      {selects.map((key) => (
        <Choice
          key={key}
          label={t(`duties.${key}`)}
          value={search[key]}
          options={choices[key]}
          onChoose={(value) => onChange({ [key]: value })}
        />
      ))}
      <DayField label={t('duties.on')} value={search.on} isFixed={search.ever !== undefined} onChange={(on) => onChange({ on })} />
      <label className="dk-choice">
        <input
          type="checkbox"
          checked={search.ever !== undefined}
          onChange={(event) => onChange({ ever: event.currentTarget.checked ? 'true' : undefined, on: undefined })}
        />
        <span>{t('duties.ever')}</span>
      </label>
    </FindForm>
  )
}
