import { useTimeWords } from '@linli/ui/text'
import { FieldError } from '@linli/ui/touch'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { TakenFile } from '../people/along.ts'
import { usePersonWords } from '../people/person-words.ts'
import type { Changeable } from './draft.ts'

interface KnownValueProps {
  field: Changeable
  known: TakenFile['values'][number] | undefined
  /** What was found; undefined while it is as the file says. */
  value: string | undefined
  error: string | undefined
  onChange(value: string | undefined): void
}

/** One value as the file has it, with its source and day; a new one is typed only where it has changed. */
export function KnownValue({ field, known, value, error, onChange }: KnownValueProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const words = usePersonWords()
  const id = useId()
  const isChanged = value !== undefined
  const isOwned = known?.source === 'policeFile' && field === 'name'
  return (
    <li className="fact">
      <div className="fact-head">
        <span className="row-text">
          <span className="quiet">{words.field(field)}</span>
          <span lang="zh-CN">{known ? (known.masked ?? t('people.hidden')) : t('people.unknown')}</span>
          {known ? (
            <span className="quiet">
              {t(`people.source.${known.source}`)} · {time.moment(known.at, Date.now())}
            </span>
          ) : null}
        </span>
        <button
          type="button"
          className="btn"
          aria-expanded={isChanged}
          aria-label={t(isChanged ? 'visit.asItWasOf' : 'visit.changeOf', { what: words.field(field) })}
          onClick={() => onChange(isChanged ? undefined : '')}
        >
          {t(isChanged ? 'visit.asItWas' : 'visit.change')}
        </button>
      </div>
      {isChanged ? (
        <>
          <label className="strong" htmlFor={id}>
            {t('visit.nowIs', { what: words.field(field) })}
          </label>
          <input
            id={id}
            className={field === 'phone' ? 'input num' : 'input'}
            type={field === 'phone' ? 'tel' : 'text'}
            inputMode={field === 'phone' ? 'tel' : 'text'}
            autoComplete="off"
            maxLength={field === 'healthNote' ? 200 : 40}
            aria-invalid={error !== undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {isOwned ? <span className="quiet">{t('visit.owned')}</span> : null}
          {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
        </>
      ) : null}
    </li>
  )
}
