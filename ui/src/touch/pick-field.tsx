import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picked } from '../forms/form-draft.ts'

export type PickSource = (words: string, signal: AbortSignal) => Promise<readonly (Picked & { note?: string })[]>

interface PickFieldProps {
  control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }
  value: Picked | undefined
  onChange(value: Picked | undefined): void
  source: PickSource
}

const pauseMs = 250

/** One of a list too long to show: type a little, tap one of those found. Typing on gives the pick up, so that what is read is what is sent. */
export function PickField({ control, value, onChange, source }: PickFieldProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [found, setFound] = useState<Awaited<ReturnType<PickSource>> | 'failed'>([])
  const ask = useRef(source)
  ask.current = source
  useEffect(() => {
    if (value) return
    const stop = new AbortController()
    const timer = setTimeout(
      () =>
        void ask.current(words, stop.signal).then(
          (options) => stop.signal.aborted || setFound(options),
          () => stop.signal.aborted || setFound('failed'),
        ),
      pauseMs,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [words, value])
  const type = (typed: string): void => {
    if (value) onChange(undefined)
    setWords(typed)
  }
  return (
    <>
      <input
        {...control}
        className="input"
        autoComplete="off"
        placeholder={t('kit.form.find')}
        value={value?.label ?? words}
        onChange={(event) => type(event.target.value)}
      />
      {value ? null : found === 'failed' ? (
        <p className="quiet" role="status">
          {t('kit.form.unread')}
        </p>
      ) : (
        <ul className="sheet rows" lang="zh-CN">
          {found.slice(0, 8).map((option) => (
            <li key={option.id}>
              <button type="button" className="row" onClick={() => onChange({ id: option.id, label: option.label })}>
                <span className="row-text">
                  <span className="row-title">{option.label}</span>
                  {option.note ? <span className="quiet">{option.note}</span> : null}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
