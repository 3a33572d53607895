import { call } from '@linli/ui/client'
import { suggest } from '@linli/ui/phone'
import { Chips } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCaseWords } from '../progress/case-words.ts'
import type { DraftHandle } from './use-draft.ts'

const none = '-'

export function useCategories() {
  return useQuery({ queryKey: ['categories'], staleTime: 3_600_000, queryFn: () => call('GET /public/categories', { query: {} }) })
}

/** What it is, in sayings that resemble the words typed; the last one is always 都不是. */
export function WhatSection({ handle: { draft, change } }: { handle: DraftHandle }) {
  const { t } = useTranslation()
  const { data } = useCategories()
  const say = useCaseWords()
  const words = useDeferredValue(draft.detail)
  const sayings = useMemo(() => {
    const found = suggest(words, data?.items ?? [], say.saying)
    // What was picked stays in sight while the words go on.
    const picked =
      draft.saying && draft.category && !found.some(({ saying }) => saying === draft.saying)
        ? [{ saying: draft.saying, category: draft.category }]
        : []
    return [...picked, ...found].slice(0, 5)
  }, [words, data, say, draft.saying, draft.category])
  if (sayings.length === 0) return null
  return (
    <Chips
      label={t('report.what')}
      value={draft.noneFits ? none : draft.saying}
      choices={[...sayings.map(({ saying }) => ({ key: saying, name: say.saying(saying) })), { key: none, name: t('report.noneFits') }]}
      onChange={(key) => {
        const picked = sayings.find(({ saying }) => saying === key)
        change({ saying: picked?.saying, category: picked?.category, noneFits: key === none, sameAs: undefined })
      }}
    />
  )
}
