import { useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categoriesQuery } from '../api/queries.ts'
import { dutyChoicesQuery } from './queries.ts'

interface Search {
  q?: string
  category?: string
  org?: string
  area?: string
  on?: string
  ever?: string
}

interface DutyFiltersProps {
  search: Search
  isFiltered: boolean
  onChange(change: { [K in keyof Search]?: Search[K] | undefined }): void
}

/** By words, category, organization and place; in force on a day, or every line that ever was. */
export function DutyFilters({ search, isFiltered, onChange }: DutyFiltersProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const { data: categories } = useQuery(categoriesQuery)
  const { data: choices } = useQuery(dutyChoicesQuery)
  const selects = [
    {
      key: 'category',
      options: [...new Map((categories?.items ?? []).map((one) => [one.key, text(`category.${one.key}`, one.name)]))],
    },
    { key: 'org', options: (choices?.organizations ?? []).map((one) => [one.orgId, one.name] as const) },
    { key: 'area', options: (choices?.areas ?? []).map((one) => [one.areaId, one.name] as const) },
  ] as const
  return (
    <form
      className="wb-filter wb-filter-wide wb-no-print"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        const words = new FormData(event.currentTarget).get('q')
        onChange({ q: typeof words === 'string' && words.trim() ? words.trim() : undefined })
      }}
    >
      <label className="wb-filter-field">
        {t('duties.words')}
        <input
          key={search.q ?? ''}
          name="q"
          type="search"
          className="dk-input"
          defaultValue={search.q ?? ''}
          placeholder={t('duties.wordsHint')}
          maxLength={60}
        />
      </label>
      {selects.map(({ key, options }) => (
        <label key={key} className="wb-filter-field">
          {t(`duties.${key}`)}
          <select
            className="dk-input"
            value={search[key] ?? ''}
            onChange={(event) => onChange({ [key]: event.currentTarget.value || undefined })}
          >
            <option value="">{t('duties.any')}</option>
            {options.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label className="wb-filter-field">
        {t('duties.on')}
        <input
          type="date"
          className="dk-input"
          value={search.on ?? ''}
          disabled={search.ever !== undefined}
          onChange={(event) => onChange({ on: /^[12]\d{3}-/.test(event.currentTarget.value) ? event.currentTarget.value : undefined })}
        />
      </label>
      <label className="dk-choice">
        <input
          type="checkbox"
          checked={search.ever !== undefined}
          onChange={(event) => onChange({ ever: event.currentTarget.checked ? 'true' : undefined, on: undefined })}
        />
        <span>{t('duties.ever')}</span>
      </label>
      <button type="submit" className="dk-button">
        {t('list.find')}
      </button>
      {isFiltered ? (
        <button
          type="button"
          className="dk-link"
          onClick={() => onChange({ q: undefined, category: undefined, org: undefined, area: undefined, on: undefined, ever: undefined })}
        >
          {t('list.clear')}
        </button>
      ) : null}
    </form>
  )
}
