import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeStart } from './change-fields.ts'
import type { PersonFile } from './queries.ts'

export interface PartProps {
  person: PersonFile
  /** Absent where the post may not, or the file takes no more changes. */
  onChange: ((start: ChangeStart) => void) | undefined
}

export function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="wb-person-part">
      <div className="wb-person-head">
        <h2 className="dk-h3">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}

export function Action({ onChange, start, text }: { onChange: PartProps['onChange']; start: ChangeStart; text: string }) {
  if (!onChange) return null
  return (
    <button type="button" className="dk-button dk-button-small" onClick={() => onChange(start)}>
      {text}
    </button>
  )
}

export function Span({ from, to }: { from: string; to: string | null }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  // These reach back for years.
  const day = (date: string) => time.day(`${date}T12:00:00+08:00`, now)
  return (
    <span className="dk-meta wb-block">
      {to ? t('persons.fromTo', { from: day(from), to: day(to) }) : t('persons.since', { from: day(from) })}
    </span>
  )
}
