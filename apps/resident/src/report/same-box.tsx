import { type AnswerOf, call } from '@linli/ui/client'
import { useNow } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { useElder } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCaseWords } from '../progress/case-words.ts'
import { useStageName } from '../progress/stage-name.ts'
import { reportBody } from './report-body.ts'
import type { DraftHandle } from './use-draft.ts'

type Known = AnswerOf<'POST /public/appeals/similar'>['items'][number]

/** Neighbors have reported something like this: a quiet box, and going on without it is as easy. What they wrote is not shown. */
export function SameBox({ handle }: { handle: DraftHandle }) {
  const { t } = useTranslation()
  const id = useId()
  const { draft, change } = handle
  const items = useKnown(handle)
  const chosen = draft.sameAs
  if (chosen)
    return (
      <section className="sheet sheet-stack" aria-labelledby={id}>
        <p id={id} role="status">
          {t('report.sameChosen')}
        </p>
        <button type="button" className="link strong" onClick={() => change({ sameAs: undefined })}>
          {t('report.sameNot')}
        </button>
      </section>
    )
  if (items.length === 0) return null
  return (
    <section className="sheet sheet-stack" aria-labelledby={id}>
      <h2 id={id} className="strong">
        {t('report.sameTitle')}
      </h2>
      {items.map((known) => (
        <KnownMatter key={known.ticket} known={known} onSame={() => change({ sameAs: known.ticket })} />
      ))}
      <p className="quiet">{t('report.sameSkip')}</p>
    </section>
  )
}

function KnownMatter({ known, onSame }: { known: Known; onSame(): void }) {
  const { t } = useTranslation()
  const say = useCaseWords()
  const words = useTimeWords({ elder: useElder() })
  const now = useNow()
  const id = useId()
  const stage = useStageName(known)
  return (
    <div>
      <p id={id}>
        <span className="strong">{say.saying(known.saying)}</span>{' '}
        <span className="second">
          {known.placeName} · {words.day(`${known.openedOn}T12:00:00+08:00`, now)} · {stage}
        </span>
      </p>
      <button type="button" className="btn" aria-describedby={id} onClick={onSame}>
        {t('report.same')}
      </button>
    </div>
  )
}

const pauseMs = 900
const none: Known[] = []

/** Asked once place and kind are known, and when the typing rests; without a connection there is no box. */
function useKnown({ draft, area }: DraftHandle): Known[] {
  const { detail, place } = area ? reportBody(draft, area.code) : { detail: '', place: undefined }
  const asked = JSON.stringify({
    areaCode: area?.code ?? '',
    category: draft.category ?? '',
    detail: [...detail].slice(0, 500).join(''),
    place: place ?? '',
  })
  const [rested, setRested] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setRested(asked), pauseMs)
    return () => clearTimeout(timer)
  }, [asked])
  const { place: spot, ...body } = JSON.parse(rested) as { areaCode: string; category: string; detail: string; place: string }
  const { data } = useQuery({
    queryKey: ['same', rested],
    queryFn: ({ signal }) => call('POST /public/appeals/similar', { body: { ...body, ...(spot && { place: spot }) } }, signal),
    enabled: body.areaCode !== '' && body.category !== '' && body.detail.trim() !== '',
    staleTime: 10 * 60_000,
    retry: false,
  })
  return data?.items ?? none
}
