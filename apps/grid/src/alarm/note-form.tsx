import { Field } from '@linli/ui/touch'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

const least = 2

/** A few words into the log, for whoever comes next. */
export function NoteForm({ onSay, isBusy }: { onSay(text: string): Promise<void>; isBusy: boolean }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const say = (event: FormEvent): void => {
    event.preventDefault()
    const said = text.trim()
    if ([...said].length < least) return setError(t('alarm.noteShort'))
    setError(undefined)
    void onSay(said).then(() => setText(''))
  }
  return (
    <form className="sheet-stack" onSubmit={say}>
      <Field label={t('alarm.note')} hint={t('alarm.noteHint')} error={error}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={2}
            maxLength={450}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="btn" disabled={isBusy}>
        {t('alarm.moves.note')}
      </button>
    </form>
  )
}
