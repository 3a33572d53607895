import { useLanguage } from '@linli/ui/text'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BroughtFile, FieldDraft, ImportField } from './queries.ts'

interface FieldRowProps {
  field: ImportField
  file: BroughtFile
  source: FieldDraft
  onChange(source: FieldDraft): void
}

/** Where one field comes from: a column of the file, with its first value beside it, or the same for every row. */
export function FieldRow({ field, file, source, onChange }: FieldRowProps) {
  const { t } = useTranslation()
  const isEnglish = useLanguage() === 'en'
  const id = useId()
  const [pairs, setPairs] = useState(() => textOf(source.values))
  const name = isEnglish ? field.en : field.zh
  const place = source.column === undefined ? -1 : file.headers.indexOf(source.column)
  const example = place === -1 ? '' : (file.sample.find((row) => row[place])?.[place] ?? '')
  const isChosen = source.column !== undefined || source.value !== undefined
  const hasWords = field.kind === 'choice' || field.kind === 'yesNo' || field.kind === 'area'
  return (
    <div className="wb-import-field">
      <label className="dk-label" htmlFor={id}>
        {name}
        {field.isRequired ? <span className="dk-meta"> {t('imports.required')}</span> : null}
      </label>
      <div>
        <select
          id={id}
          className="dk-input"
          required={field.isRequired}
          value={source.column !== undefined ? `column ${source.column}` : source.value !== undefined ? 'value' : ''}
          onChange={(event) => {
            const chosen = event.target.value
            onChange(chosen === '' ? {} : chosen === 'value' ? { value: '' } : { ...source, value: undefined, column: chosen.slice(7) })
          }}
          {...(field.note && { 'aria-describedby': `${id}-note` })}
        >
          <option value="">{t('imports.none')}</option>
          {[...new Set(file.headers.filter(Boolean))].map((header) => (
            <option key={header} value={`column ${header}`}>
              {header}
            </option>
          ))}
          <option value="value">{t('imports.sameForAll')}</option>
        </select>
        {field.note ? (
          <p id={`${id}-note`} className="dk-note">
            {isEnglish ? field.note.en : field.note.zh}
          </p>
        ) : null}
      </div>
      <div className="wb-import-more">
        {source.value !== undefined ? (
          <input
            className="dk-input"
            aria-label={t('imports.valueOf', { name })}
            value={source.value}
            onChange={(event) => onChange({ ...source, value: event.target.value })}
          />
        ) : null}
        {example ? <p className="dk-meta">{t('imports.example', { example })}</p> : null}
        {isChosen && hasWords && source.column !== undefined ? (
          <details>
            <summary>{t('imports.words')}</summary>
            <textarea
              className="dk-input"
              rows={3}
              aria-label={t('imports.wordsOf', { name })}
              value={pairs}
              onChange={(event) => {
                setPairs(event.target.value)
                onChange({ ...source, values: pairsOf(event.target.value) })
              }}
            />
            <p className="dk-note">{t('imports.wordsNote')}</p>
            <input
              className="dk-input"
              aria-label={t('imports.otherwiseOf', { name })}
              placeholder={t('imports.otherwise')}
              value={source.otherwise ?? ''}
              onChange={(event) => onChange({ ...source, otherwise: event.target.value || undefined })}
            />
            {field.options.length > 0 ? (
              <p className="dk-note">{field.options.map((one) => `${isEnglish ? one.en : one.zh}=${one.value}`).join('；')}</p>
            ) : null}
          </details>
        ) : null}
        {isChosen && field.kind === 'instant' ? (
          <input
            className="dk-input"
            aria-label={t('imports.formatOf', { name })}
            placeholder={t('imports.format')}
            value={source.format ?? ''}
            onChange={(event) => onChange({ ...source, format: event.target.value || undefined })}
          />
        ) : null}
      </div>
    </div>
  )
}

const textOf = (values: Record<string, string> | undefined): string =>
  Object.entries(values ?? {})
    .map(([from, to]) => `${from} = ${to}`)
    .join('\n')

/** One pair to a line, `of the file = of the platform`. */
function pairsOf(text: string): Record<string, string> | undefined {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.lastIndexOf('=')
    return at > 0 && line.slice(at + 1).trim() !== '' ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const] : []
  })
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined
}
