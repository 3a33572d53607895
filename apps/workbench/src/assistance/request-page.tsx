import { ApiError, call } from '@linli/ui/client'
import {
  type FormDraft,
  FormFields,
  formWordsEn,
  formWordsZh,
  KeyCap,
  newId,
  parseForm,
  problemsByField,
  toFormData,
  useDefinitionText,
  useNow,
} from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formSources } from '../api/form-sources.ts'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area, type Me, meQuery } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { AskedDuties } from './asked-duties.tsx'
import { communitiesQuery, requestFormQuery } from './queries.ts'

export function RequestPage() {
  const { data: me } = useQuery(meQuery)
  return me?.actingPost ? <RequestForm me={me} areaId={me.actingPost.areaId} /> : <Waiting />
}

type Form = NonNullable<Awaited<ReturnType<typeof call<'GET /cases/requests/form'>>>['form']>
const noForm: Form = { fields: [] }

/** 请社区协助: which community, what, on what ground, with what support, until when. What the duty lists withdrew is said before it is sent. */
function RequestForm({ me, areaId }: { me: Me; areaId: string }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const words = useProblemText()
  const fieldProblems = useFieldProblems()
  const isChinese = useLanguage() === 'zh-CN'
  const id = useId()
  const now = useNow()
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery(requestFormQuery)
  const { data: communities } = useQuery(communitiesQuery(areaId))
  const form = data ?? noForm
  const spoken = { ...form, fields: form.fields.map((field) => ({ ...field, label: text(`field.${field.key}`, field.label) })) }
  const [areaCode, setAreaCode] = useState('')
  const [draft, setDraft] = useState<FormDraft>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const intent = useRef<Intent>(undefined)
  const keys = ['areaCode', ...form.fields.map(({ key }) => key)]
  const ask = useMutation({
    mutationFn: (body: { areaCode: string; data: Record<string, unknown> }) => {
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /cases/requests', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [area.lists] }),
    onError: (refused) => {
      setErrors(fieldProblems(refused, keys))
      requestAnimationFrame(() => document.getElementById(`${id}-problems`)?.focus())
    },
  })
  const submit = () => {
    if (ask.isPending || !data) return
    const filled = toFormData(form, draft)
    const parsed = parseForm(spoken, filled, new Date(now), isChinese ? formWordsZh : formWordsEn)
    const found = {
      ...(areaCode ? {} : { areaCode: t('assistance.needCommunity') }),
      ...(parsed.ok ? {} : problemsByField(keys, parsed.problems)),
    }
    setErrors(found)
    if (Object.keys(found).length === 0) ask.mutate({ areaCode, data: filled })
    else requestAnimationFrame(() => document.getElementById(`${id}-problems`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  const restart = () => {
    setDraft({})
    setErrors({})
    intent.current = undefined
    ask.reset()
  }
  const withdrawn = ask.error instanceof ApiError && ask.error.code === 'case.duty_withdrawn' ? ask.error : undefined
  const community = communities?.find(({ code }) => code === areaCode)
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('assistance.title')} note={t('assistance.text')} />
      {error && !data ? <Problem error={error} retry={() => void refetch()} /> : null}
      {ask.isSuccess ? (
        <section className="wb-panel" aria-live="polite">
          <h2>{t('assistance.done', { number: ask.data.number })}</h2>
          <p>{t('assistance.doneText')}</p>
          <p className="wb-inline">
            <Link to="/cases/$caseId" params={{ caseId: ask.data.caseId }} className="dk-button dk-button-primary">
              {t('assistance.open')}
            </Link>
            <button type="button" className="dk-button" onClick={restart}>
              {t('assistance.another')}
            </button>
          </p>
        </section>
      ) : (
        <form
          className="wb-panel wb-request"
          noValidate
          onKeyDown={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <div
            id={`${id}-problems`}
            tabIndex={-1}
            role={ask.error || Object.keys(errors).length > 0 ? 'alert' : undefined}
            className="wb-summary"
          >
            {withdrawn ? <Withdrawn error={withdrawn} /> : null}
            {!withdrawn && Object.keys(errors).length > 0 ? (
              <p className="dk-error">{t('dialog.problems', { count: Object.keys(errors).length })}</p>
            ) : null}
            {!withdrawn && ask.error && Object.keys(errors).length === 0 ? <p className="dk-error">{words(ask.error)}</p> : null}
            {!withdrawn && errors[''] ? <p className="dk-error">{errors['']}</p> : null}
          </div>
          <div className="dk-field">
            <label className="dk-label" htmlFor={`${id}-area`}>
              {t('assistance.community')}
            </label>
            <select
              id={`${id}-area`}
              className="dk-input"
              aria-invalid={errors.areaCode ? true : undefined}
              aria-describedby={errors.areaCode ? `${id}-area-error` : undefined}
              value={areaCode}
              onChange={(event) => setAreaCode(event.currentTarget.value)}
            >
              <option value="">{t('intake.chooseCommunity')}</option>
              {(communities ?? []).map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
            {errors.areaCode ? (
              <p id={`${id}-area-error`} className="dk-error">
                {errors.areaCode}
              </p>
            ) : null}
          </div>
          <FormFields
            form={form}
            draft={draft}
            onChange={(key, value) => setDraft({ ...draft, [key]: value })}
            errors={errors}
            sources={formSources(undefined, words)}
            idPrefix={id}
            under={(field) =>
              field.key === 'category' && community && typeof draft.category === 'string' && draft.category ? (
                <AskedDuties areaId={community.areaId} category={draft.category} onCite={(clause) => setDraft({ ...draft, clause })} />
              ) : null
            }
          />
          <p className="wb-lines-foot">
            <span className="dk-note">{t('assistance.note')}</span>
            <button
              type="submit"
              className="dk-button dk-button-primary"
              disabled={ask.isPending || me.actingPost === null}
              aria-busy={ask.isPending || undefined}
            >
              {t('assistance.ask')}
              <KeyCap>Ctrl Enter</KeyCap>
            </button>
          </p>
        </form>
      )}
    </div>
  )
}

/** Refused at once, by which clause; the line of the list opens. */
function Withdrawn({ error }: { error: ApiError }) {
  const { t } = useTranslation()
  const line = error.problem.current as { dutyId?: string; clauseNo?: string; clause?: string; document?: string } | undefined
  return (
    <p className="dk-error">
      {t('assistance.withdrawn', { document: line?.document ?? '', clauseNo: line?.clauseNo ?? '', clause: line?.clause ?? '' })}{' '}
      {line?.dutyId ? (
        <Link to="/duties" search={{ duty: line.dutyId }} className="dk-link">
          {t('assistance.seeDuty')}
        </Link>
      ) : null}
    </p>
  )
}
