import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { ImportField, ImportPreview } from './queries.ts'

/** What the file would become; nothing is written yet. */
export function PreviewPanel({ preview, fields }: { preview: ImportPreview; fields: readonly ImportField[] }) {
  const { t } = useTranslation()
  const isEnglish = useLanguage() === 'en'
  const shown = fields.filter(({ key }) => preview.first.some(({ values }) => values[key]))
  const nameOf = (key: string | null): string => {
    const field = fields.find((one) => one.key === key)
    return field ? (isEnglish ? field.en : field.zh) : ''
  }
  return (
    <section className="wb-import-preview" aria-label={t('imports.preview')}>
      <h3 className="dk-h3">{t('imports.preview')}</h3>
      <p role="status">
        {t('imports.found', {
          rows: preview.rows,
          added: preview.added,
          there: preview.there,
          changed: preview.changed,
          refused: preview.refused,
        })}
        {preview.agreeing + preview.differing > 0
          ? ` ${t('imports.compared', { agreeing: preview.agreeing, differing: preview.differing })}`
          : ''}
        {preview.isWhole ? '' : ` ${t('imports.notWhole', { rows: preview.rows })}`}
        {preview.encoding === 'gb18030' ? ` ${t('imports.gbk')}` : ''}
      </p>
      {preview.problems.length > 0 ? (
        <ul className="wb-import-problems">
          {preview.problems.map((one) => (
            <li key={`${one.code} ${one.field} ${one.column}`}>
              <b>{t('imports.rowsOf', { count: one.rows })}</b> {one.column ?? nameOf(one.field)} {isEnglish ? one.en : one.zh}
              <span className="dk-meta">
                {' '}
                {one.examples.map(({ line, value }) => t(value ? 'imports.rowSays' : 'imports.row', { line, value })).join('；')}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {preview.first.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
        <section className="wb-import-table" tabIndex={0} aria-label={t('imports.firstRows')}>
          <table>
            <caption className="dk-note">{t('imports.firstRows')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('imports.line')}</th>
                {shown.map((field) => (
                  <th key={field.key} scope="col">
                    {nameOf(field.key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.first.map(({ line, values }) => (
                <tr key={line}>
                  <td>{line}</td>
                  {shown.map((field) => (
                    <td key={field.key}>{shownAs(field, values[field.key] ?? '', isEnglish)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </section>
  )
}

/** As lists show it: the moment in Shanghai, the word for a choice. */
function shownAs({ kind, options }: ImportField, value: string, isEnglish: boolean): string {
  if (kind === 'instant' && value) return new Date(value).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const option = options.find((one) => one.value === value)
  return option ? (isEnglish ? option.en : option.zh) : value
}
