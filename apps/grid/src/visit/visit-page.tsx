import { useTimeWords } from '@linli/ui/text'
import { Chips, ErrorSummary, PhotoSection, Plate, Toggle, WordsField } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { episodeQuery } from '../api/queries.ts'
import { Opening } from '../frame/blank-pages.tsx'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { Section } from '../frame/section.tsx'
import type { TakenFile } from '../people/along.ts'
import { usePerson } from '../people/use-person.ts'
import { CareGroupsFound } from './care-groups-found.tsx'
import { changeable } from './draft.ts'
import { KnownValue } from './known-value.tsx'
import { isInNeed, useVisit } from './use-visit.ts'

const mets = ['person', 'family', 'neighbor', 'nobody'] as const
const results = ['well', 'concern', 'help'] as const

/** 走访: whom one met, how it is, and of all that is known only what has changed. The same with and without a network. */
export function VisitPage() {
  const { t } = useTranslation()
  const { personId } = useParams({ from: '/own/people/$personId/visit' })
  const { alarm } = useSearch({ from: '/own/people/$personId/visit' })
  const { file, takenAt, error } = usePerson(personId)
  if (file) return <Visit file={file} takenAt={takenAt} alarmId={alarm} />
  if (!error) return <Opening />
  return (
    <Page title={t('visit.title')} back="/people">
      <p role="alert">{problemWords(error, t)}</p>
      <p className="second">{t('people.notAlong')}</p>
    </Page>
  )
}

interface VisitProps {
  file: TakenFile
  takenAt: number | undefined
  /** The alarm that it answers. */
  alarmId: string | undefined
}

function Visit({ file, takenAt, alarmId }: VisitProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const noteId = useId()
  const { draft, change, problems, attempt, addPhotos, removePhoto, finish } = useVisit(file, alarmId)
  const alarm = useQuery({ ...episodeQuery(alarmId ?? ''), enabled: false }).data
  const name = file.values.find(({ field }) => field === 'name')?.masked ?? ''
  const isMet = draft.met !== undefined && draft.met !== 'nobody'
  return (
    <Page
      title={t('visit.of', { name })}
      back={alarmId ? `/alarms/${alarmId}` : `/people/${file.personId}`}
      foot={
        <button type="submit" form="visit" className="btn primary big wide">
          {t('visit.finish')}
        </button>
      }
    >
      <form
        id="visit"
        className="page-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          finish()
        }}
      >
        {problems.length > 0 ? (
          <ErrorSummary key={attempt} title={t('report.mend')} problems={problems.map((key) => ({ message: t(`visit.need.${key}`) }))} />
        ) : null}
        {file.home ? (
          <p lang="zh-CN">
            <Plate>{file.home.place}</Plate>
          </p>
        ) : null}
        {takenAt === undefined ? null : <p className="note">{t('people.takenAt', { at: time.moment(takenAt, Date.now()) })}</p>}
        {alarmId ? <p className="note">{t('visit.ofAlarm')}</p> : null}
        <Section title={t('visit.met')}>
          <Chips
            label={t('visit.met')}
            value={draft.met}
            choices={mets.map((key) => ({ key, name: t(`visit.mets.${key}`) }))}
            onChange={(met) => change({ met })}
          />
        </Section>
        {isMet ? (
          <>
            <Section title={t('visit.result')}>
              <Chips
                label={t('visit.result')}
                value={draft.result}
                choices={results.map((key) => ({ key, name: t(`visit.results.${key}`) }))}
                onChange={(result) => change({ result })}
              />
            </Section>
            {alarmId && alarm?.mayOpenCase !== false && isInNeed(draft) ? (
              <Toggle
                selected={draft.alarm?.openCase ?? false}
                onChange={(openCase) => change({ alarm: { episodeId: alarmId, openCase } })}
              >
                {t('alarm.openCase')}
              </Toggle>
            ) : null}
            <Section title={t('visit.changed')}>
              <p className="quiet">{t('visit.changedText')}</p>
              <ul className="sheet rows">
                {changeable.map((field) => (
                  <KnownValue
                    key={field}
                    field={field}
                    known={file.values.find((value) => value.field === field)}
                    value={draft.values[field]}
                    error={field === 'phone' && problems.includes('phone') ? t('visit.need.phone') : undefined}
                    onChange={(value) => change({ values: without(draft.values, field, value) })}
                  />
                ))}
              </ul>
              {draft.values.healthNote === undefined ? null : (
                <Toggle
                  selected={draft.isHealthAgreed ?? false}
                  onChange={(isHealthAgreed) => change({ isHealthAgreed })}
                  hint={t('visit.healthAgreedHint')}
                >
                  {t('visit.healthAgreed')}
                </Toggle>
              )}
            </Section>
            <CareGroupsFound file={file} tags={draft.tags} onChange={(tags) => change({ tags })} isWrong={problems.includes('basis')} />
          </>
        ) : null}
        <section className="section">
          <div className="section-head">
            <h2>
              <label htmlFor={noteId}>{t('visit.note')}</label>
            </h2>
            <span className="quiet">{t('report.optional')}</span>
          </div>
          <WordsField
            control={{ id: noteId }}
            value={draft.note}
            most={500}
            onChange={(note) => change({ note })}
            placeholder={t('visit.noteHint')}
          />
        </section>
        <Section title={t('visit.photo')}>
          <p className="quiet">{t('visit.photoHint')}</p>
          <PhotoSection photos={draft.photos} onAdd={async (files) => void (await addPhotos(files))} onRemove={removePhoto} />
        </Section>
      </form>
    </Page>
  )
}

/** The values with this one said anew, or as the file has it. */
function without<T extends object, K extends keyof T>(values: T, key: K, value: T[K] | undefined): T {
  const { [key]: _, ...rest } = values
  return (value === undefined ? rest : { ...rest, [key]: value }) as T
}
