import { ErrorSummary, Field, Toggle } from '@linli/ui/touch'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface LookUpFormProps {
  number?: string
  pending: boolean
  /** The server's "no", as a sentence. */
  refusal?: string | undefined
  onLook(number: string, tail: string, keepHere: boolean): void
}

/** Number and last four digits; nothing else proves that a matter is yours. */
export function LookUpForm({ number: given, pending, refusal, onLook }: LookUpFormProps) {
  const { t } = useTranslation()
  const [number, setNumber] = useState(given ?? '')
  const [tail, setTail] = useState('')
  const [keepHere, setKeepHere] = useState(true)
  const [tried, setTried] = useState(0)
  const numberInput = useRef<HTMLInputElement>(null)
  const tailInput = useRef<HTMLInputElement>(null)
  const wrongNumber = tried > 0 && number.trim().length < 4 ? t('progress.needNumber') : undefined
  const wrongTail = tried > 0 && !/^\d{4}$/.test(tail.trim()) ? t('progress.needTail') : undefined
  const problems = [
    ...(wrongNumber ? [{ message: wrongNumber, target: numberInput }] : []),
    ...(wrongTail ? [{ message: wrongTail, target: tailInput }] : []),
    ...(refusal && !wrongNumber && !wrongTail ? [{ message: refusal, target: tailInput }] : []),
  ]
  const look = (event: FormEvent): void => {
    event.preventDefault()
    setTried((times) => times + 1)
    if (number.trim().length >= 4 && /^\d{4}$/.test(tail.trim())) onLook(number.trim(), tail.trim(), keepHere)
  }
  return (
    <form className="report" noValidate onSubmit={look}>
      {problems.length > 0 ? <ErrorSummary key={`${tried} ${refusal ?? ''}`} title={t('report.problems')} problems={problems} /> : null}
      <div className="sheet sheet-stack">
        <Field label={t('progress.number')} hint={t('progress.numberHint')} error={wrongNumber}>
          {(control) => (
            <input
              {...control}
              ref={numberInput}
              className="input num"
              autoComplete="off"
              autoCapitalize="characters"
              maxLength={40}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('progress.tail')} hint={t('progress.tailHint')} error={wrongTail}>
          {(control) => (
            <input
              {...control}
              ref={tailInput}
              className="input num"
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              value={tail}
              onChange={(event) => setTail(event.target.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
        <Toggle selected={keepHere} onChange={setKeepHere} hint={t('progress.keepHereHint')}>
          {t('progress.keepHere')}
        </Toggle>
      </div>
      <button type="submit" className="btn primary big wide" aria-disabled={pending}>
        {t(pending ? 'app.loading' : 'progress.look')}
      </button>
    </form>
  )
}
