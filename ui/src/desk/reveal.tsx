import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Sep } from './sep.tsx'

interface RevealProps {
  /** The masked value, as it stands in the record. */
  masked: string
  /** What is shown, e.g. "name and phone". */
  what: string
  /** Reasons to choose from; the last choice is always "other, in words". */
  reasons: readonly string[]
  /** Asks the server; throws with a message for people when it refuses. */
  ask(reason: string): Promise<{ shown: string; seconds: number }>
}

type Phase = { at: 'masked' } | { at: 'asking' } | { at: 'shown'; value: string; until: number }

/** A masked value that opens inline, never over the record: first the reason, then sixty seconds, and the person can see who looked. */
export function Reveal({ masked, what, reasons, ask }: RevealProps) {
  const { t } = useTranslation()
  const id = useId()
  const [phase, setPhase] = useState<Phase>({ at: 'masked' })
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setPhase({ at: 'masked' })
    requestAnimationFrame(() => opener.current?.focus())
  }
  if (phase.at === 'shown') return <Shown value={phase.value} until={phase.until} onEnd={close} />
  return (
    <span className="dk-reveal">
      <span className="dk-masked">{masked}</span>
      {phase.at === 'masked' ? (
        <button
          ref={opener}
          type="button"
          className="dk-link"
          aria-label={t('desk.reveal.open', { what })}
          onClick={() => setPhase({ at: 'asking' })}
        >
          {t('desk.reveal.link')}
        </button>
      ) : (
        <span className="dk-meta">{t('desk.reveal.now')}</span>
      )}
      {phase.at === 'asking' ? (
        <ReasonPanel
          id={id}
          what={what}
          reasons={reasons}
          onCancel={close}
          ask={async (reason) => {
            const { shown, seconds } = await ask(reason)
            setPhase({ at: 'shown', value: shown, until: Date.now() + seconds * 1000 })
          }}
        />
      ) : null}
    </span>
  )
}

interface ReasonPanelProps {
  id: string
  what: string
  reasons: readonly string[]
  ask(reason: string): Promise<void>
  onCancel(): void
}

function ReasonPanel({ id, what, reasons, ask, onCancel }: ReasonPanelProps) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState(reasons[0] ?? '')
  const [other, setOther] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const isOther = choice === ''
  const send = async () => {
    const reason = isOther ? other.trim() : choice
    if (reason.length < 2) {
      setError(t('desk.reveal.tooShort'))
      return
    }
    setBusy(true)
    setError(undefined)
    try {
      await ask(reason)
    } catch (problem) {
      setBusy(false)
      setError(problem instanceof Error ? problem.message : t('desk.failed'))
    }
  }
  return (
    <form
      className="dk-reveal-panel"
      aria-label={t('desk.reveal.open', { what })}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <fieldset>
        <legend>{t('desk.reveal.why')}</legend>
        <p className="dk-note">{t('desk.reveal.recorded')}</p>
        <div className="dk-choices">
          {[...reasons, ''].map((reason, at) => (
            <label key={reason || 'other'} className="dk-choice">
              <input
                ref={at === 0 ? first : undefined}
                type="radio"
                name={`${id}-why`}
                checked={choice === reason}
                onChange={() => setChoice(reason)}
              />
              <span>{reason || t('desk.reveal.other')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {isOther ? (
        <input
          className="dk-input"
          aria-label={t('desk.reveal.otherLabel')}
          value={other}
          maxLength={200}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      ) : null}
      {error ? (
        <p className="dk-error" role="alert">
          {error}
        </p>
      ) : null}
      <div className="dk-reveal-foot">
        <button type="button" className="dk-button dk-button-small" onClick={onCancel}>
          {t('desk.cancel')}
        </button>
        <button type="submit" className="dk-button dk-button-primary dk-button-small" disabled={busy} aria-busy={busy || undefined}>
          {t('desk.reveal.show')}
        </button>
      </div>
    </form>
  )
}

function Shown({ value, until, onEnd }: { value: string; until: number; onEnd(): void }) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(() => Math.ceil((until - Date.now()) / 1000))
  const end = useRef(onEnd)
  end.current = onEnd
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000)
      setLeft(seconds)
      if (seconds <= 0) end.current()
    }, 500)
    return () => clearInterval(timer)
  }, [until])
  return (
    <span className="dk-reveal">
      <span className="dk-shown" role="status">
        {value}
      </span>
      <span className="dk-meta">
        {t('desk.reveal.left', { seconds: Math.max(0, left) })}
        <Sep />
        <button type="button" className="dk-link" onClick={onEnd}>
          {t('desk.reveal.hide')}
        </button>
      </span>
    </span>
  )
}
