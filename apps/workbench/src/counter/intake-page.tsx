import { ApiError, call } from '@linli/ui/client'
import { KeyCap, newId, useNow } from '@linli/ui/desk'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { categoriesQuery, type Me, meQuery } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText, Waiting } from '../parts/states.tsx'
import { AppealFields } from './appeal-fields.tsx'
import { AreaFields } from './area-fields.tsx'
import { EventFields } from './event-fields.tsx'
import { checkIntake, emptyIntake, type Intake, intakeBody } from './intake-form.ts'
import { channelsOf, KindChoice } from './kind-choice.tsx'
import { Line } from './line.tsx'
import { Receipt } from './receipt.tsx'

export function IntakePage() {
  const { data: me } = useQuery(meQuery)
  return me ? <IntakeForm me={me} /> : <Waiting />
}

const draftKey = 'linli.intake'

function readDraft(): Intake {
  try {
    return { ...emptyIntake, ...(JSON.parse(sessionStorage.getItem(draftKey) ?? '{}') as Partial<Intake>) }
  } catch {
    return emptyIntake
  }
}

const textsOf = {
  appeal: { text: 'text', hint: 'detailHint' },
  event: { text: 'eventText', hint: 'eventHint' },
  callOut: { text: 'callOutText', hint: 'callOutHint' },
} as const

/** Counter, phone or door: the same appeal by staff for somebody, without a mouse. Counts as if the resident had filed it. */
function IntakeForm({ me }: { me: Me }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const fieldProblems = useFieldProblems()
  const { data: known } = useQuery(categoriesQuery)
  const [intake, setIntake] = useState<Intake>(readDraft)
  const categories = known?.items.filter(({ kind }) => kind === intake.kind) ?? []
  const [errors, setErrors] = useState<Record<string, string>>({})
  const intent = useRef<Intent>(undefined)
  const now = useNow()
  const form = useRef<HTMLFormElement>(null)
  const file = useMutation({
    mutationFn: async (body: ReturnType<typeof intakeBody>) => {
      intent.current = nextIntent(intent.current, body, newId)
      const filed = await call('POST /cases', { body: { ...body, requestId: intent.current.requestId } })
      return { ...filed, at: now }
    },
    onSuccess: () => sessionStorage.removeItem(draftKey),
    onError: (error) => {
      if (!(error instanceof ApiError) || !error.problem.fields) return
      const found = fieldProblems(error, [
        'detail',
        'areaCode',
        'place',
        'contact',
        'category',
        'appealType',
        'level',
        'occurredAt',
        'channel',
      ])
      setErrors({
        ...found,
        ...(found.areaCode ? { communityCode: found.areaCode } : {}),
        ...(found.contact ? { phone: found.contact } : {}),
      })
    },
  })
  const change = (part: Partial<Intake>) => {
    const next = { ...intake, ...part }
    setIntake(next)
    try {
      sessionStorage.setItem(draftKey, JSON.stringify(next))
    } catch {
      // Private windows keep nothing; the form itself still holds it.
    }
  }
  const submit = () => {
    if (file.isPending || file.isSuccess) return
    const wrong = checkIntake(intake)
    setErrors(Object.fromEntries(Object.entries(wrong).map(([key, word]) => [key, t(word)])))
    const first = Object.keys(wrong)[0]
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    else file.mutate(intakeBody(intake))
  }
  const restart = () => {
    setIntake({ ...emptyIntake, kind: intake.kind, communityCode: intake.communityCode, channel: intake.channel })
    setErrors({})
    intent.current = undefined
    file.reset()
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[name="detail"]')?.focus())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const line = event.altKey ? /^[1-5]$/.exec(event.key)?.[0] : undefined
    if (line) {
      event.preventDefault()
      form.current?.querySelector<HTMLElement>(`[data-line="${line}"] :is(input:checked, textarea, select, input)`)?.focus()
    } else if (event.key === 'F10' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      submit()
    }
  }
  const failure = file.error && Object.keys(errors).length === 0 ? words(file.error) : (errors[''] ?? '')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole form, wherever the focus is in it
    <div className="wb-intake" onKeyDown={onKeyDown}>
      <div className="wb-intake-main">
        <header className="wb-page-head">
          <div>
            <h1>{t('intake.title')}</h1>
            <p className="dk-note">{t(`intake.${textsOf[intake.kind].text}`)}</p>
          </div>
        </header>
        {file.isSuccess ? (
          <section className="wb-panel" aria-live="polite">
            <h2>{t('intake.done', { number: file.data.number })}</h2>
            <p>{t('intake.doneText')}</p>
            <p className="wb-inline">
              <button type="button" className="dk-button dk-button-primary" onClick={restart}>
                {t('intake.another')}
              </button>
            </p>
          </section>
        ) : (
          <form
            ref={form}
            className="wb-lines"
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <KindChoice intake={intake} onChange={change} />
            <Line at="1" label={t('intake.channel')}>
              <div className="dk-choices" role="radiogroup" aria-label={t('intake.channel')}>
                {channelsOf(intake.kind).map((channel) => (
                  <label key={channel} className="dk-choice">
                    <input type="radio" name="channel" checked={intake.channel === channel} onChange={() => change({ channel })} />
                    <span>{t(`desk.entryValue.channel.${channel}`)}</span>
                  </label>
                ))}
              </div>
            </Line>
            <Line at="2" label={t('intake.detail')} htmlFor="intake-detail" error={errors.detail}>
              <textarea
                id="intake-detail"
                name="detail"
                className="dk-input"
                rows={5}
                maxLength={20_000}
                aria-required="true"
                aria-invalid={errors.detail ? true : undefined}
                placeholder={t(`intake.${textsOf[intake.kind].hint}`)}
                value={intake.detail}
                onChange={(event) => change({ detail: event.currentTarget.value })}
                // biome-ignore lint/a11y/noAutofocus: the caller is already talking; the first thing is to write it down
                autoFocus
              />
            </Line>
            <Line at="3" label={t('intake.where')} error={errors.communityCode}>
              <AreaFields me={me} intake={intake} onChange={change} invalid={errors.communityCode !== undefined} />
              <input
                name="place"
                className="dk-input"
                aria-label={t('intake.place')}
                placeholder={t('intake.place')}
                maxLength={120}
                value={intake.place}
                onChange={(event) => change({ place: event.currentTarget.value })}
              />
            </Line>
            {intake.kind === 'callOut' ? null : (
              <Line at="4" label={t('intake.contact')} error={errors.phone}>
                <div className="wb-pair">
                  <input
                    name="phone"
                    className="dk-input"
                    inputMode="tel"
                    autoComplete="off"
                    aria-label={t('intake.phone')}
                    aria-invalid={errors.phone ? true : undefined}
                    placeholder={t('intake.phone')}
                    maxLength={20}
                    value={intake.phone}
                    onChange={(event) => change({ phone: event.currentTarget.value })}
                  />
                  <input
                    name="name"
                    className="dk-input"
                    autoComplete="off"
                    aria-label={t('intake.name')}
                    placeholder={t('intake.name')}
                    maxLength={40}
                    value={intake.name}
                    onChange={(event) => change({ name: event.currentTarget.value })}
                  />
                </div>
                <p className="dk-note">{t('intake.contactNote')}</p>
              </Line>
            )}
            <Line at="5" label={t('intake.kind')} error={errors.category ?? errors.level ?? errors.occurredAt}>
              {intake.kind !== 'appeal' ? (
                <EventFields intake={intake} categories={categories} errors={errors} onChange={change} />
              ) : (
                <AppealFields intake={intake} categories={categories} onChange={change} />
              )}
            </Line>
            {failure ? (
              <p className="dk-error" role="alert">
                {failure}
              </p>
            ) : null}
            <p className="wb-lines-foot">
              <span className="dk-note">{t('intake.keys')}</span>
              <button
                type="submit"
                className="dk-button dk-button-primary"
                disabled={file.isPending}
                aria-busy={file.isPending || undefined}
              >
                {t('intake.submit')}
                <KeyCap>F10</KeyCap>
              </button>
            </p>
          </form>
        )}
      </div>
      <Receipt intake={intake} me={me} filed={file.data} />
    </div>
  )
}
