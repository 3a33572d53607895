import { useLanguage } from '@linli/ui/text'
import { Mic } from 'lucide-react'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

interface Recognition {
  lang: string
  interimResults: boolean
  onresult: (event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void
  onerror: () => void
  onend: () => void
  start(): void
  stop(): void
}
type RecognitionClass = new () => Recognition

const recognition = (): RecognitionClass | undefined => {
  const names = globalThis as unknown as { SpeechRecognition?: RecognitionClass; webkitSpeechRecognition?: RecognitionClass }
  return names.SpeechRecognition ?? names.webkitSpeechRecognition
}

export interface WordsFieldProps {
  value: string
  onChange(value: string): void
  control: { id?: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: boolean; 'aria-label'?: string }
  placeholder?: string
  most?: number
  inputRef?: Ref<HTMLTextAreaElement>
}

/** A sentence or more, typed, dictated with the keyboard's own microphone, or (where the browser can) spoken while a button is held. */
export function WordsField({ value, onChange, control, placeholder, most = 2000, inputRef }: WordsFieldProps) {
  const area = (
    <textarea
      {...control}
      ref={inputRef}
      className="input"
      rows={3}
      maxLength={most}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
  const Speech = recognition()
  return Speech ? (
    <div className="speech">
      {area}
      <SpeakButton Speech={Speech} onWords={(words) => onChange(`${value}${words}`)} />
    </div>
  ) : (
    area
  )
}

function SpeakButton({ Speech, onWords }: { Speech: RecognitionClass; onWords(words: string): void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const running = useRef<Recognition>(undefined)
  const [state, setState] = useState<'rest' | 'listening' | 'failed'>('rest')
  const start = (): void => {
    if (running.current) return
    const speech = new Speech()
    speech.lang = language
    speech.interimResults = false
    speech.onresult = (event) => onWords(Array.from(event.results, (result) => result[0]?.transcript ?? '').join(''))
    speech.onerror = () => setState('failed')
    speech.onend = () => {
      running.current = undefined
      setState((now) => (now === 'listening' ? 'rest' : now))
    }
    running.current = speech
    setState('listening')
    try {
      speech.start()
    } catch {
      setState('failed')
    }
  }
  const stop = (): void => running.current?.stop()
  const key = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return
    event.preventDefault()
    if (event.repeat) return
    // By keyboard: one press begins, the next ends.
    if (running.current) stop()
    else start()
  }
  return (
    <>
      <button
        type="button"
        className="btn"
        aria-pressed={state === 'listening'}
        onPointerDown={start}
        onPointerUp={stop}
        onPointerCancel={stop}
        onPointerLeave={stop}
        onKeyDown={key}
        onContextMenu={(event) => event.preventDefault()}
      >
        <Icon of={Mic} />
        {t(state === 'listening' ? 'kit.speech.listening' : 'kit.speech.speak')}
      </button>
      {state === 'failed' ? (
        <p className="quiet" role="status">
          {t('kit.speech.failed')}
        </p>
      ) : null}
    </>
  )
}
