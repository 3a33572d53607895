import { type Category, type Suggestion, suggest } from '@linli/ui/phone'
import { useDefinitionText } from '@linli/ui/text'
import { Chips, Field } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { categoriesQuery } from '../api/queries.ts'
import type { ReportHandle } from './use-report.ts'

const most = 6

interface WhatProps {
  handle: ReportHandle
  first: RefObject<HTMLSelectElement | null>
  error: string | undefined
}

/** What it is: one tap on a saying that resembles the words, or the category from the whole list. */
export function WhatSection({ handle: { draft, change }, first, error }: WhatProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const { data } = useQuery(categoriesQuery('event'))
  const words = useDeferredValue(draft.detail)
  const categories = data?.items
  const sayings = useMemo(() => {
    const saying = (text: string): string => word(`saying.${text}`, text)
    const found = words.trim() ? suggest(words, categories ?? [], saying, most) : commonest(categories ?? [], draft.category)
    const picked = draft.saying && draft.category ? [{ saying: draft.saying, category: draft.category }] : []
    // What was picked stays in sight while the words go on.
    return [...picked, ...found.filter((one) => one.saying !== draft.saying)].slice(0, most)
  }, [words, categories, word, draft.saying, draft.category])
  return (
    <div className="sheet-stack">
      {sayings.length > 0 ? (
        <Chips
          label={t('report.saying')}
          value={draft.saying}
          choices={sayings.map(({ saying }) => ({ key: saying, name: word(`saying.${saying}`, saying) }))}
          onChange={(saying) => change({ saying, category: sayings.find((one) => one.saying === saying)?.category })}
        />
      ) : null}
      <Field label={t('report.category')} error={error}>
        {(control) => (
          <select
            {...control}
            ref={first}
            className="input"
            value={draft.category ?? ''}
            onChange={(event) => change({ category: event.target.value || undefined, saying: undefined })}
          >
            <option value="">{t('report.chooseCategory')}</option>
            {categories?.map(({ key, name }) => (
              <option key={key} value={key}>
                {word(`category.${key}`, name)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

/** Nothing typed yet: the first saying of each kind, or all of the kind that was chosen. */
function commonest(categories: readonly Category[], chosen: string | undefined): Suggestion[] {
  const own = categories.find(({ key }) => key === chosen)
  if (own) return own.examples.map((saying) => ({ saying, category: own.key }))
  return categories.flatMap(({ key, examples: [saying] }) => (saying ? [{ saying, category: key }] : []))
}
