import { guessFields } from '@linli/exchange/define'
import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area } from '../api/queries.ts'
import { useProblemText } from '../parts/states.tsx'
import { FieldRow } from './field-row.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { type BroughtFile, type Draft, type FieldDraft, type ImportTarget, mappingOf } from './queries.ts'

/** What the columns of a file mean: guessed by their names, for a person to correct; then tried, then begun. */
export function MappingForm({
  file,
  targets,
  onStarted,
}: {
  file: BroughtFile
  targets: readonly ImportTarget[]
  onStarted(number: string): void
}) {
  const { t } = useTranslation()
  const words = useProblemText()
  const isEnglish = useLanguage() === 'en'
  const name = (one: { zh: string; en: string }): string => (isEnglish ? one.en : one.zh)
  const id = useId()
  const queryClient = useQueryClient()
  const variants = targets.flatMap((target) => target.variants.map((variant) => ({ target, variant })))
  const [draft, setDraft] = useState<Draft>(() => draftFor(variants[0], file.headers))
  const [mode, setMode] = useState<'each' | 'whole'>('each')
  const intent = useRef<Intent>(undefined)
  const { variant } = variants.find((one) => one.variant.key === draft.variant) ?? variants[0]!
  const params = { batchId: file.batch.batchId }
  const preview = useMutation({
    mutationFn: (mapping: ReturnType<typeof mappingOf>) => call('POST /imports/:batchId/preview', { params, body: { mapping } }),
  })
  const start = useMutation({
    mutationFn: () => {
      const body = { mapping: mappingOf(draft), mode }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /imports/:batchId/start', { params, body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async ({ number }) => {
      await queryClient.invalidateQueries({ queryKey: [area.imports] })
      onStarted(number)
    },
  })
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part })
    preview.reset()
  }
  const setField = (key: string, field: FieldDraft): void => change({ fields: { ...draft.fields, [key]: field } })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    preview.mutate(mappingOf(draft))
  }
  const failed = preview.error ?? start.error
  return (
    <form onSubmit={submit} className="wb-import-form">
      <p>
        <b>{file.batch.fileName}</b> · {t('imports.columns', { count: file.headers.length })}
      </p>
      <div className="wb-import-basics">
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-variant`}>
            {t('imports.variant')}
          </label>
          <select
            id={`${id}-variant`}
            className="dk-input"
            value={draft.variant}
            onChange={(event) => {
              setDraft({
                ...draftFor(
                  variants.find((one) => one.variant.key === event.target.value),
                  file.headers,
                ),
                source: draft.source,
              })
              preview.reset()
            }}
          >
            {variants.map((one) => (
              <option key={one.variant.key} value={one.variant.key}>
                {name(one.variant)}
              </option>
            ))}
          </select>
        </div>
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-source`}>
            {t('imports.source')}
          </label>
          <input
            id={`${id}-source`}
            className="dk-input"
            required
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,39}"
            value={draft.source}
            onChange={(event) => change({ source: event.target.value })}
            aria-describedby={`${id}-source-note`}
          />
          <p id={`${id}-source-note`} className="dk-note">
            {t('imports.sourceNote')}
          </p>
        </div>
      </div>
      <fieldset className="wb-import-fields">
        <legend className="dk-label">{t('imports.fields')}</legend>
        {variant.fields.map((field) => (
          <FieldRow
            key={`${variant.key} ${field.key}`}
            field={field}
            file={file}
            source={draft.fields[field.key] ?? {}}
            onChange={(source) => setField(field.key, source)}
          />
        ))}
      </fieldset>
      <div className="wb-import-basics">
        {variant.options.map((option) => (
          <div key={option.key} className="dk-field">
            <label className="dk-label" htmlFor={`${id}-${option.key}`}>
              {name(option)}
            </label>
            <select
              id={`${id}-${option.key}`}
              className="dk-input"
              value={draft.options[option.key] ?? option.usual}
              onChange={(event) => change({ options: { ...draft.options, [option.key]: event.target.value } })}
            >
              {option.values.map((one) => (
                <option key={one.value} value={one.value}>
                  {name(one)}
                </option>
              ))}
            </select>
          </div>
        ))}
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-mode`}>
            {t('imports.mode')}
          </label>
          <select id={`${id}-mode`} className="dk-input" value={mode} onChange={(event) => setMode(event.target.value as typeof mode)}>
            <option value="each">{t('imports.modes.each')}</option>
            <option value="whole">{t('imports.modes.whole')}</option>
          </select>
        </div>
      </div>
      <div className="wb-inline">
        <button type="submit" className={`dk-button ${preview.data ? '' : 'dk-button-primary'}`} disabled={preview.isPending}>
          {t(preview.isPending ? 'imports.trying' : 'imports.try')}
        </button>
        {preview.data ? (
          <button
            type="button"
            className="dk-button dk-button-primary"
            disabled={start.isPending || preview.data.added === 0}
            onClick={() => start.mutate()}
          >
            {t('imports.start')}
          </button>
        ) : null}
      </div>
      {failed ? (
        <p className="dk-error" role="alert">
          {words(failed)}
        </p>
      ) : null}
      {preview.data ? <PreviewPanel preview={preview.data} fields={variant.fields} /> : null}
    </form>
  )
}

function draftFor(
  chosen: { target: ImportTarget; variant: ImportTarget['variants'][number] } | undefined,
  headers: readonly string[],
): Draft {
  const fields = (chosen?.variant.fields ?? []).map(({ isRequired: _, note: __, ...field }) => field)
  return {
    target: chosen?.target.key ?? '',
    variant: chosen?.variant.key ?? '',
    source: '',
    timeZone: 'Asia/Shanghai',
    fields: guessFields(fields, headers),
    options: {},
  }
}
