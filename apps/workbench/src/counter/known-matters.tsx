import { call } from '@linli/ui/client'
import { useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLikenessWords } from '../cases/likeness-words.ts'
import type { Intake } from './intake-form.ts'

interface KnownMattersProps {
  intake: Intake
  onChange(part: Partial<Intake>): void
}

/** While a report is taken down: matters that it may be one more report of. One press adds a reporter to one; going on needs none. */
export function KnownMatters({ intake, onChange }: KnownMattersProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const why = useLikenessWords()
  const id = useId()
  const { data } = useKnown(intake)
  if (intake.sameAs)
    return (
      <p className="wb-info" role="status">
        {t('intake.sameAs', { number: intake.sameAs.number })}{' '}
        <button type="button" className="dk-link" onClick={() => onChange({ sameAs: undefined })}>
          {t('intake.notSame')}
        </button>
      </p>
    )
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="wb-together" aria-labelledby={id}>
      <h2 id={id}>{t('intake.known', { count: items.length })}</h2>
      <ul className="wb-similar">
        {items.map(({ case: known, likeness, takes }) => (
          <li key={known.caseId} className="wb-similar-row">
            <span className="wb-similar-head">
              <b>{known.title}</b>
              <span className="dk-meta">{why(likeness)}</span>
              <span className="dk-meta">{text(`stage.${known.stage}`, known.stageName)}</span>
            </span>
            {takes ? (
              <button
                type="button"
                className="dk-button dk-button-small"
                onClick={() => onChange({ sameAs: { caseId: known.caseId, number: known.number } })}
              >
                {t('intake.same')}
              </button>
            ) : (
              <span className="dk-note">{t(known.status === 'open' ? 'similar.noMerge' : 'similar.isClosed')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const pauseMs = 500
/** Fewer characters say nothing yet. */
const fewest = 4

/** Asked when the typing rests. */
function useKnown({ kind, detail, category, communityCode, cellCode, place }: Intake) {
  const asked = JSON.stringify({
    kind,
    detail: detail.trim().slice(0, 2000),
    category,
    areaCode: cellCode || communityCode,
    place: place.trim(),
  })
  const [rested, setRested] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setRested(asked), pauseMs)
    return () => clearTimeout(timer)
  }, [asked])
  const body =
    rested === ''
      ? undefined
      : (JSON.parse(rested) as { kind: 'appeal'; detail: string; category: string; areaCode: string; place: string })
  return useQuery({
    queryKey: ['known', rested],
    queryFn: ({ signal }) => {
      const { category: named, place: spot, ...rest } = body!
      return call('POST /cases/similar', { body: { ...rest, ...(named && { category: named }), ...(spot && { place: spot }) } }, signal)
    },
    enabled: body !== undefined && kind === 'appeal' && body.detail.length >= fewest && body.areaCode !== '',
    placeholderData: (before) => before,
    staleTime: 30_000,
  })
}
