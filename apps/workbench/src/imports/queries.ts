import { type AnswerOf, call } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { area } from '../api/queries.ts'

export type ImportBatch = AnswerOf<'GET /imports'>['items'][number]
export type ImportTarget = AnswerOf<'GET /imports/targets'>['items'][number]
export type ImportVariant = ImportTarget['variants'][number]
export type ImportField = ImportVariant['fields'][number]
export type BroughtFile = AnswerOf<'POST /imports'>
export type ImportPreview = AnswerOf<'POST /imports/:batchId/preview'>

/** Of a mapping what the page edits; the rest is as it is when nothing is said. */
export interface Draft {
  target: string
  variant: string
  source: string
  timeZone: string
  fields: Record<string, FieldDraft>
  options: Record<string, string>
}

export interface FieldDraft {
  column?: string | undefined
  value?: string | undefined
  values?: Record<string, string> | undefined
  otherwise?: string | undefined
  format?: string | undefined
}

export const targetsQuery = queryOptions({
  queryKey: ['import-targets'],
  queryFn: async ({ signal }) => (await call('GET /imports/targets', {}, signal)).items,
  staleTime: 5 * 60_000,
})

export const importsQuery = infiniteQueryOptions({
  queryKey: [area.imports],
  queryFn: ({ pageParam, signal }) => call('GET /imports', { query: pageParam ? { cursor: pageParam } : {} }, signal),
  initialPageParam: '',
  getNextPageParam: (page) => page.next ?? undefined,
})

/** As the server wants it: a field without a source is not mapped. */
export function mappingOf({ fields, ...draft }: Draft) {
  const filled = Object.entries(fields).flatMap(([key, { column, value, values, otherwise, format }]) => {
    if (!column && !value) return []
    const source = column ? { column } : { value: value! }
    return [[key, { ...source, ...(values && { values }), ...(otherwise && { otherwise }), ...(format && { format }) }] as const]
  })
  return { ...draft, fields: Object.fromEntries(filled) }
}
