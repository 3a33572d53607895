import { Plate } from '@linli/ui/touch'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { HomeArea } from '../kept/home-area.ts'
import { useCaseWords } from '../progress/case-words.ts'
import type { Draft } from './draft.ts'
import { placeOf } from './report-body.ts'

export interface ElderReportProps {
  parts: {
    kept: ReactNode
    photos: ReactNode
    area: ReactNode
    place: ReactNode
    what: ReactNode
    same: ReactNode
    words(control: { 'aria-label': string }): ReactNode
    contact: ReactNode
  }
  draft: Draft
  area: HomeArea | null
  summary: ReactNode
  submitButton: ReactNode
  sending: boolean
}

/** The question after which place, kind and words are known. */
const sameFrom = 4

/** One question a page, every one of them may be left out; as soon as there is enough, it can be sent as it is. */
export function ElderReport({ parts, draft, area, summary, submitButton, sending }: ElderReportProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { step: asked = 1 } = useSearch({ from: '/report' })
  const steps = [
    {
      title: t('report.elderPhoto'),
      filled: draft.photos.length > 0,
      body: (
        <>
          {parts.kept}
          {parts.photos}
        </>
      ),
    },
    {
      title: t('report.elderWhere'),
      filled: area !== null,
      body: (
        <>
          {parts.area}
          {area ? parts.place : null}
        </>
      ),
    },
    {
      title: t('report.elderWhat'),
      filled: Boolean(draft.saying ?? draft.noneFits),
      body: (
        <>
          {parts.what}
          <p className="second">{t('report.whatHint')}</p>
        </>
      ),
    },
    { title: t('report.elderWords'), filled: draft.detail.trim() !== '', body: parts.words({ 'aria-label': t('report.elderWords') }) },
    { title: t('report.elderContact'), filled: draft.phone.trim() !== '', body: parts.contact },
    { title: t('report.elderCheck'), filled: true, body: <Check draft={draft} area={area} /> },
  ]
  const at = Math.min(Math.max(1, asked), steps.length)
  const step = steps[at - 1]!
  const last = at === steps.length
  const enough = area !== null && (draft.photos.length > 0 || draft.detail.trim() !== '' || Boolean(draft.saying))
  const go = (to: number): void => void navigate({ to: '/report', search: to > 1 ? { step: to } : {} })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question begins at its top
  useEffect(() => {
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [at])
  return (
    <>
      {summary}
      <p className="quiet">{t('report.step', { at, all: steps.length })}</p>
      <h2 className="elder-question">{step.title}</h2>
      {step.body}
      {at === sameFrom || last ? parts.same : null}
      {last ? (
        submitButton
      ) : (
        <>
          <button key="next" type="button" className="btn primary big wide" onClick={() => go(at + 1)}>
            {t(step.filled ? 'report.next' : 'report.skip')}
          </button>
          {enough ? (
            <button key="send" type="submit" className="btn big wide" aria-disabled={sending}>
              {t(sending ? 'report.submitting' : 'report.sendNow')}
            </button>
          ) : null}
        </>
      )}
      {at > 1 ? (
        <button type="button" className="btn text" onClick={() => go(at - 1)}>
          {t('report.previous')}
        </button>
      ) : null}
    </>
  )
}

/** Everything once more before it is sent. */
function Check({ draft, area }: { draft: Draft; area: HomeArea | null }) {
  const { t } = useTranslation()
  const say = useCaseWords()
  const place = placeOf(draft)
  const none = t('report.checkNone')
  return (
    <dl className="sheet checks">
      <div>
        <dt>{t('report.checkPhotos')}</dt>
        <dd>{draft.photos.length > 0 ? t('report.checkPhotosCount', { count: draft.photos.length }) : none}</dd>
      </div>
      <div>
        <dt>{t('report.where')}</dt>
        <dd>
          {area?.name} {place ? <Plate>{place}</Plate> : null}
        </dd>
      </div>
      <div>
        <dt>{t('report.what')}</dt>
        <dd>{draft.saying ? say.saying(draft.saying) : none}</dd>
      </div>
      <div>
        <dt>{t('report.words')}</dt>
        <dd>{draft.detail.trim() || none}</dd>
      </div>
      <div>
        <dt>{t('report.phone')}</dt>
        <dd>{draft.phone.trim() || none}</dd>
      </div>
    </dl>
  )
}
