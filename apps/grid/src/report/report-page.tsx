import { useDefinitionText } from '@linli/ui/text'
import { Chips, ErrorSummary, Field, FieldError, Icon, PhotoSection, Plate, WordsField } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { LocateFixed } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buildingsQuery } from '../api/queries.ts'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { Section } from '../frame/section.tsx'
import { levels } from './draft.ts'
import { SubjectsSection } from './subjects-section.tsx'
import { type ReportHandle, useFiling, useReport } from './use-report.ts'
import { WhatSection } from './what-section.tsx'

/** 上报: a photo, a tap for what it is, and it is on its way. The cell is known, everything else may be left out. */
export function ReportPage() {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const handle = useReport()
  const { draft, change } = handle
  const filing = useFiling(handle, ({ saying, place }) => [place.trim(), saying ?? t('report.event')].filter(Boolean).join(' '))
  const [photoRefused, setPhotoRefused] = useState<unknown>()
  const photo = useRef<HTMLInputElement>(null)
  const kind = useRef<HTMLSelectElement>(null)
  const targets = { what: photo, category: kind }
  const wrong = (field: keyof typeof targets): string | undefined =>
    filing.problems.includes(field) ? t(`report.need.${field}`) : undefined
  return (
    <Page
      title={t('report.title')}
      foot={
        <button type="submit" form="report" className="btn primary big wide">
          {t('report.submit')}
        </button>
      }
    >
      <form
        id="report"
        className="page-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          filing.file()
        }}
      >
        {filing.problems.length > 0 ? (
          <ErrorSummary
            key={filing.attempt}
            title={t('report.mend')}
            problems={filing.problems.map((field) => ({ message: t(`report.need.${field}`), target: targets[field] }))}
          />
        ) : null}
        <Section title={t('report.photo')}>
          <PhotoSection
            photos={draft.photos}
            first={photo}
            onAdd={async (files) => setPhotoRefused(await handle.addPhotos(files))}
            onRemove={handle.removePhoto}
          />
          {photoRefused ? <FieldError id="photo-refused">{problemWords(photoRefused, t)}</FieldError> : null}
          {wrong('what') ? <FieldError id="what-error">{wrong('what')}</FieldError> : null}
        </Section>
        <Section title={t('report.what')}>
          <WhatSection handle={handle} first={kind} error={wrong('category')} />
        </Section>
        <WordsBlock value={draft.detail} onChange={(detail) => change({ detail })} />
        <Section title={t('report.where')}>
          <Place handle={handle} />
        </Section>
        <Section title={t('report.subjects')}>
          <SubjectsSection subjects={draft.subjects ?? []} onChange={(subjects) => change({ subjects })} />
        </Section>
        <Section title={t('report.level')}>
          <Chips
            label={t('report.level')}
            value={draft.level}
            choices={levels.map((key) => ({ key, name: word(`option.level.${key}`, t(`report.levels.${key}`)) }))}
            onChange={(level) => change({ level })}
          />
        </Section>
      </form>
    </Page>
  )
}

function WordsBlock({ value, onChange }: { value: string; onChange(words: string): void }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section className="section">
      <div className="section-head">
        <h2>
          <label htmlFor={id}>{t('report.words')}</label>
        </h2>
        <span className="quiet">{t('report.optional')}</span>
      </div>
      <WordsField control={{ id }} value={value} onChange={onChange} placeholder={t('report.wordsHint')} />
    </section>
  )
}

/** The cell is the worker's own; the building or dwelling in words; the place of this moment on a tap, and never out of a photo. */
function Place({ handle: { draft, change, notePosition, areaCode, areaName } }: { handle: ReportHandle }) {
  const { t } = useTranslation()
  const listId = useId()
  const { data: buildings = [] } = useQuery({ ...buildingsQuery(areaCode), enabled: areaCode !== '' })
  const [state, setState] = useState<'rest' | 'asking' | 'failed'>('rest')
  const ask = async (): Promise<void> => {
    setState('asking')
    setState((await notePosition()) ? 'rest' : 'failed')
  }
  return (
    <div className="sheet sheet-stack">
      <p lang="zh-CN">
        <Plate>{areaName}</Plate>
      </p>
      <Field label={t('report.place')} hint={t('report.optional')}>
        {(control) => (
          <input
            {...control}
            className="input"
            list={listId}
            maxLength={120}
            value={draft.place}
            onChange={(event) => change({ place: event.target.value })}
          />
        )}
      </Field>
      <datalist id={listId}>
        {buildings.map(({ buildingId, name }) => (
          <option key={buildingId} value={name} />
        ))}
      </datalist>
      {draft.position ? (
        <p className="place-noted" role="status">
          {t('report.placed')}
          <button type="button" className="link" onClick={() => change({ position: undefined })}>
            {t('report.unplace')}
          </button>
        </p>
      ) : (
        <button type="button" className="btn" disabled={state === 'asking'} onClick={() => void ask()}>
          <Icon of={LocateFixed} />
          {t(state === 'asking' ? 'report.locating' : 'report.placeNow')}
        </button>
      )}
      {state === 'failed' ? (
        <p className="quiet" role="status">
          {t('report.noPosition')}
        </p>
      ) : null}
    </div>
  )
}
