import { Basis, Sep, useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categoriesQuery, routeQuery } from '../api/queries.ts'
import { Problem } from '../parts/states.tsx'

/** Where the case probably belongs, with the clause that says so and what was seen in the words. A person decides. */
export function Suggestion({ caseId, onOtherUnit }: { caseId: string; onOtherUnit(): void }) {
  const { t } = useTranslation()
  const route = useQuery(routeQuery(caseId))
  const { data: categories } = useQuery(categoriesQuery)
  const text = useDefinitionText()
  const nameOf = (key: string): string => text(`category.${key}`, categories?.items.find((one) => one.key === key)?.name ?? key)
  const [first, ...others] = route.data?.items ?? []
  return (
    <section className="wb-suggestion" aria-label={t('route.label')}>
      {first ? (
        <>
          <p className="wb-suggestion-head">
            <span className="dk-meta">{t('route.suggested')}</span> <strong>{first.orgName}</strong>{' '}
            <span className="wb-tag">{nameOf(first.category)}</span>
          </p>
          <Basis clause={first.clauseNo} source={first.document}>
            {first.clause}
          </Basis>
          {first.seenWords.length > 0 || first.recentCases > 0 ? (
            <Basis clause={t('route.seen')}>
              {first.seenWords.length > 0 ? t('route.words', { words: first.seenWords.join('、') }) : null}
              {first.seenWords.length > 0 && first.recentCases > 0 ? t('route.and') : null}
              {first.recentCases > 0 ? t('route.recent', { count: first.recentCases }) : null}
            </Basis>
          ) : null}
        </>
      ) : null}
      {route.isSuccess && !first ? <p className="dk-note">{t('route.none')}</p> : null}
      {route.error ? <Problem error={route.error} retry={() => void route.refetch()} /> : null}
      <div className="wb-suggestion-foot">
        <span>
          {others.length > 0 ? <span className="dk-meta">{t('route.also')} </span> : null}
          {others.map((other) => (
            <span key={`${other.orgId} ${other.clauseNo}`} className="wb-tag">
              {other.orgName}
              <Sep />
              {nameOf(other.category)}
            </span>
          ))}
        </span>
        <button type="button" className="dk-button dk-button-small" onClick={onOtherUnit}>
          {t(first ? 'route.other' : 'route.choose')}
        </button>
      </div>
    </section>
  )
}
