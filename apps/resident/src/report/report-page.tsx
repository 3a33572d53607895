import { ErrorSummary, Field, FieldError, Icon, PhotoSection, Plate, useElder, WordsField } from '@linli/ui/touch'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords, refusalWords } from '../frame/problem-words.ts'
import { AreaPicker } from '../home/area-picker.tsx'
import { ElderReport } from './elder-report.tsx'
import { KeptNote } from './kept-note.tsx'
import { PlaceSection } from './place-section.tsx'
import type { DraftProblem } from './report-body.ts'
import { SameBox } from './same-box.tsx'
import { useDraft } from './use-draft.ts'
import { useSubmit } from './use-submit.ts'
import { useCategories, WhatSection } from './what-section.tsx'

/** Where the elder flow asks for a field. */
const elderSteps: Record<DraftProblem['field'], number> = { what: 1, area: 2, detail: 4, phone: 5, name: 5, general: 6 }

/** 报事: photo, place, kind, a sentence. Three taps are enough; nothing but a photo or a word is needed. */
export function ReportPage() {
  const { t } = useTranslation()
  const elder = useElder()
  const navigate = useNavigate()
  const handle = useDraft()
  const form = useSubmit(handle)
  const [choosing, setChoosing] = useState(false)
  const { draft, area, notice } = handle
  const photoInput = useRef<HTMLInputElement>(null)
  const areaButton = useRef<HTMLButtonElement>(null)
  const detailInput = useRef<HTMLTextAreaElement>(null)
  const phoneInput = useRef<HTMLInputElement>(null)
  const nameInput = useRef<HTMLInputElement>(null)
  const targets = { area: areaButton, what: photoInput, detail: detailInput, phone: phoneInput, name: nameInput, general: undefined }

  const say = (problem: DraftProblem): string => (problem.key ? t(problem.key) : refusalWords(problem, t))
  const wrong = (field: DraftProblem['field']): string | undefined => {
    const problem = form.problems.find((other) => other.field === field)
    return problem && say(problem)
  }
  const summary =
    form.problems.length > 0 ? (
      <ErrorSummary
        key={form.attempt}
        title={t(draft.refusal ? 'report.refused' : 'report.problems')}
        problems={form.problems.map((problem) => {
          const target = elder
            ? () => void navigate({ to: '/report', search: { step: elderSteps[problem.field] } })
            : targets[problem.field]
          return target ? { message: say(problem), target } : { message: say(problem) }
        })}
      />
    ) : null
  const noticeLine = notice ? (
    <FieldError id="photo-notice">{notice === 'farPhoto' ? t('report.farPhoto') : problemWords(notice, t)}</FieldError>
  ) : null
  const areaPicker = <AreaPicker open={choosing} onClose={() => setChoosing(false)} onChoose={handle.setArea} chosen={area} />
  const areaField = (
    <div className="field">
      <button type="button" ref={areaButton} className="plate-button" onClick={() => setChoosing(true)}>
        <Plate>{area?.name ?? t('area.choose')}</Plate>
        <Icon of={ChevronDown} />
      </button>
      {wrong('area') ? <FieldError id="area-error">{wrong('area')}</FieldError> : null}
    </div>
  )

  const parts = {
    kept: <KeptNote />,
    photos: (
      <>
        <PhotoSection photos={draft.photos} onAdd={handle.addPhotos} onRemove={handle.removePhoto} first={photoInput} />
        {noticeLine}
        {wrong('what') ? <FieldError id="what-error">{wrong('what')}</FieldError> : null}
      </>
    ),
    area: areaField,
    place: <PlaceSection handle={handle} />,
    what: <WhatSection handle={handle} />,
    same: <SameBox handle={handle} />,
    words: (control: Parameters<typeof WordsField>[0]['control']) => (
      <WordsField
        control={{ ...control, 'aria-invalid': wrong('detail') !== undefined }}
        value={draft.detail}
        onChange={(detail) => handle.change({ detail })}
        placeholder={t('report.wordsPlaceholder')}
        most={20_000}
        inputRef={detailInput}
      />
    ),
    contact: (
      <>
        <Field label={t('report.phone')} hint={t('report.phoneHint')} error={wrong('phone')}>
          {(control) => (
            <input
              {...control}
              ref={phoneInput}
              className="input num"
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              maxLength={20}
              value={draft.phone}
              onChange={(event) => handle.change({ phone: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('report.name')} hint={t('report.contactHint')} error={wrong('name')}>
          {(control) => (
            <input
              {...control}
              ref={nameInput}
              className="input"
              autoComplete="name"
              maxLength={40}
              value={draft.name}
              onChange={(event) => handle.change({ name: event.target.value })}
            />
          )}
        </Field>
        {draft.phone.trim() ? null : <p className="quiet">{t('report.noPhone')}</p>}
      </>
    ),
  }
  const submitButton = (
    <>
      <button key="submit" type="submit" form="report" className="btn primary big wide" aria-disabled={form.sending}>
        {t(form.sending ? 'report.submitting' : 'report.submit')}
      </button>
      <p className="promise">
        {t('report.promise')
          .split(' · ')
          .map((part) => (
            <span key={part}>{part}</span>
          ))}
      </p>
    </>
  )
  const body = elder ? (
    <ElderReport parts={parts} draft={draft} area={area} summary={summary} sending={form.sending} submitButton={submitButton} />
  ) : (
    <>
      {summary}
      {parts.kept}
      <Section title={t('report.photo')} hint={t('report.photoHint')}>
        {parts.photos}
      </Section>
      <Section title={t('report.where')} hint={t('report.whereHint')}>
        {parts.area}
        {area ? parts.place : null}
      </Section>
      <WhatBlock>{parts.what}</WhatBlock>
      <WordsBlock error={wrong('detail')}>{parts.words}</WordsBlock>
      {parts.same}
      <Section title={t('report.contact')} hint={t('report.contactHint')}>
        <div className="sheet sheet-stack">{parts.contact}</div>
      </Section>
    </>
  )
  return (
    <Page
      title={t('report.title')}
      end={elder ? undefined : <span className="bar-note">{t('report.noLogin')}</span>}
      foot={elder ? undefined : submitButton}
    >
      <form
        id="report"
        className="report"
        noValidate
        // What is being sent stays in sight and cannot change under way.
        inert={form.sending}
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit()
        }}
      >
        {body}
      </form>
      {areaPicker}
    </Page>
  )
}

function Section({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <div className="section">
      <div className="section-head">
        <h2>{title}</h2>
        <span className="quiet">{hint}</span>
      </div>
      {children}
    </div>
  )
}

function WhatBlock({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { data } = useCategories()
  if (!data?.items.length) return null
  return (
    <Section title={t('report.what')} hint={t('report.whatHint')}>
      {children}
    </Section>
  )
}

function WordsBlock({
  children,
  error,
}: {
  children(control: { id: string; 'aria-describedby'?: string }): ReactNode
  error: string | undefined
}) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section className="section">
      <div className="section-head">
        <h2>
          <label htmlFor={id}>{t('report.words')}</label>
        </h2>
        <span className="quiet">{t('report.wordsHint')}</span>
      </div>
      {children(error ? { id, 'aria-describedby': `${id}-error` } : { id })}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
    </section>
  )
}
