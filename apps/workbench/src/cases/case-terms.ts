import { type AnswerOf, call } from '@linli/ui/client'
import { useDefinitionText } from '@linli/ui/desk'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../api/kinds.ts'
import { categoriesQuery } from '../api/queries.ts'
import type { Option } from '../lists/choice.tsx'
import { type CaseSearch, channels, type FilterKey, filterKeys, filterOf, statuses } from './case-filter.ts'

export type Terms = AnswerOf<'GET /cases/terms'>

/** What the filters of a kind are called, with the names of the area and the organization that the address holds by id. */
export const termsQuery = (kind: Kind, { area, org }: CaseSearch) =>
  queryOptions({
    queryKey: ['terms', kind, area, org],
    queryFn: ({ signal }) => call('GET /cases/terms', { query: { kind, ...(area ? { area } : {}), ...(org ? { org } : {}) } }, signal),
    staleTime: 60 * 60_000,
  })

/** The choices of each filter that is a choice, in words. */
export function useOptions(
  kind: Kind,
  terms: Terms | undefined,
): Record<'status' | 'stage' | 'category' | 'channel' | 'level' | 'rated', Option[]> {
  const { t, i18n } = useTranslation()
  const text = useDefinitionText()
  const { data: categories } = useQuery(categoriesQuery)
  const words = (name: string, keys: readonly string[]) =>
    keys.map((value) => ({ value, text: i18n.exists(`${name}.${value}`) ? t(`${name}.${value}`) : value }))
  return {
    status: words('lists.statuses', statuses),
    stage: (terms?.stages ?? []).map(({ key, name }) => ({ value: key, text: text(`stage.${key}`, name) })),
    category: (categories?.items ?? [])
      .filter((one) => one.kind === kind || (kind === 'callOut' && one.kind === 'event'))
      .map(({ key, name }) => ({ value: key, text: text(`category.${key}`, name) })),
    channel: words('desk.entryValue.channel', channels),
    level: words('desk.entryValue.level', kind === 'event' ? ['ordinary', 'pressing', 'urgent', 'critical'] : []),
    rated: words('lists.rated', ['badly', 'well']),
  }
}

export interface Narrowed {
  key: FilterKey
  value: string
}

/** What the list is narrowed to, in words; a name that is not there yet is its id for a moment. */
export function useNarrowed(kind: Kind, search: CaseSearch, terms: Terms | undefined): Narrowed[] {
  const { t } = useTranslation()
  const options = useOptions(kind, terms)
  const filter = filterOf(search)
  const say = (key: FilterKey, value: string): string => {
    if (key === 'clock') return t(`counts.${value}`)
    if (key === 'area') return terms?.area.at(-1)?.name ?? '…'
    if (key === 'org') return terms?.org?.name ?? '…'
    if (key === 'supervised' || key === 'merged' || key === 'duty') return t(`lists.values.${key}`)
    return options[key as keyof typeof options]?.find((option) => option.value === value)?.text ?? value
  }
  return filterKeys.flatMap((key) => {
    const value = filter[key]
    return value === undefined ? [] : [{ key, value: say(key, value) }]
  })
}
