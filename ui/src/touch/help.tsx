import { BellRing, Phone } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import { Dialog } from './parts.tsx'

const holdSeconds = 3
const cancelSeconds = 5

export interface PhoneEntry {
  name: string
  number: string
  /** What it is for, in a few words. */
  hint?: string
}

/** Rows that call when pressed. */
export function PhoneList({ entries }: { entries: readonly PhoneEntry[] }) {
  return (
    <ul className="sheet rows">
      {entries.map((entry) => (
        <li key={`${entry.name}${entry.number}`}>
          <a className="row phone-row" href={`tel:${entry.number}`}>
            <Icon of={Phone} />
            <span className="row-text">
              <span className="row-title">{entry.name}</span>
              {entry.hint ? <span className="quiet">{entry.hint}</span> : null}
            </span>
            <span className="row-end strong num">{entry.number}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

type Stage = 'rest' | 'holding' | 'counting' | 'open'

export interface HelpProps {
  entries: readonly PhoneEntry[]
  /** Raises an alarm when the seconds to take it back have passed, and then only. Without it help is the numbers alone. */
  call?: { onCall(): void }
  /** What became of the call, above the numbers. */
  children?: ReactNode
}

/**
 * 求助: hold for three seconds, then five seconds to take it back, then the alarm, where there is one, and the numbers to call. It says what it
 * does and that it is no substitute for them. A short tap (or a screen reader's press) offers the numbers without holding.
 */
export function HelpButton({ entries, call, children }: HelpProps) {
  const { t } = useTranslation()
  const [stage, setStage] = useState<Stage>('rest')
  const [left, setLeft] = useState(holdSeconds)
  const [tapped, setTapped] = useState(false)

  const onCall = useRef(call?.onCall)
  onCall.current = call?.onCall

  useEffect(() => {
    if (stage !== 'holding' && stage !== 'counting') return
    const timer = setInterval(() => {
      if (stage === 'counting') signal()
      setLeft((seconds) => {
        if (seconds > 1) return seconds - 1
        queueMicrotask(() => setStage(stage === 'holding' ? 'counting' : 'open'))
        return stage === 'holding' ? cancelSeconds : 0
      })
    }, 1000)
    return () => clearInterval(timer)
  }, [stage])

  useEffect(() => {
    if (stage === 'counting') signal(true)
    if (stage !== 'open') return
    navigator.vibrate?.([200, 100, 200])
    onCall.current?.()
  }, [stage])

  const press = (): void => {
    setTapped(false)
    setLeft(holdSeconds)
    setStage('holding')
    navigator.vibrate?.(50)
  }
  const release = (): void => {
    if (stage !== 'holding') return
    setStage('rest')
    setTapped(true)
  }
  /** Who cannot hold has the same seconds to take it back. */
  const direct = (): void => {
    setLeft(cancelSeconds)
    setStage(call ? 'counting' : 'open')
  }
  const close = (): void => {
    setStage('rest')
    setTapped(false)
  }
  const key = (event: KeyboardEvent, act: () => void): void => {
    if ((event.key === 'Enter' || event.key === ' ') && !event.repeat) {
      event.preventDefault()
      act()
    }
  }

  return (
    <>
      <button
        type="button"
        className="help-btn"
        data-holding={stage === 'holding' || undefined}
        aria-describedby="help-hint"
        onPointerDown={(event) => event.button === 0 && press()}
        onPointerUp={release}
        onPointerCancel={release}
        onPointerLeave={release}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => key(event, press)}
        onKeyUp={(event) => key(event, release)}
        onClick={(event) => event.detail === 0 && stage === 'rest' && setTapped(true)}
      >
        <Icon of={BellRing} />
        <span className="two-line">
          <span>{t('kit.help.name')}</span>
          <span id="help-hint">
            {stage === 'holding' ? t('kit.help.holding', { seconds: left }) : t('kit.help.hold', { seconds: holdSeconds })}
          </span>
        </span>
      </button>
      <Dialog title={t('kit.help.name')} open={tapped && stage === 'rest'} onClose={() => setTapped(false)}>
        <p>{t(call ? 'kit.help.tappedCall' : 'kit.help.tapped', { seconds: holdSeconds })}</p>
        <button type="button" className="btn primary big wide" onClick={direct}>
          {t(call ? 'kit.help.directCall' : 'kit.help.direct')}
        </button>
        <button type="button" className="btn big wide" onClick={() => setTapped(false)}>
          {t('kit.help.back')}
        </button>
      </Dialog>
      <Dialog title={t('kit.help.name')} open={stage === 'counting'} onClose={() => stage === 'counting' && close()} full>
        <div className="countdown">
          <p className="second" role="status">
            {t(call ? 'kit.help.countingCall' : 'kit.help.counting', { seconds: cancelSeconds })}
          </p>
          <p className="countdown-number" aria-hidden="true">
            {left}
          </p>
          <button type="button" className="btn big wide" onClick={close}>
            {t('kit.help.cancel')}
          </button>
        </div>
      </Dialog>
      <Dialog title={t(call ? 'kit.help.titleCall' : 'kit.help.title')} open={stage === 'open'} onClose={close} full>
        {children}
        <p className="strong">{t(call ? 'kit.help.honestCall' : 'kit.help.honest')}</p>
        <PhoneList entries={entries} />
        <button type="button" className="btn big wide" onClick={close}>
          {t('kit.help.done')}
        </button>
      </Dialog>
    </>
  )
}

let tones: AudioContext | undefined

/** A short buzz and, where the browser allows it, a tone: a person who cannot see the screen must notice that help is about to open. */
function signal(first = false): void {
  navigator.vibrate?.(first ? [150, 80, 150] : 80)
  try {
    tones ??= new AudioContext()
    const tone = tones.createOscillator()
    const volume = tones.createGain()
    volume.gain.value = 0.15
    tone.frequency.value = first ? 880 : 660
    tone.connect(volume).connect(tones.destination)
    tone.start()
    tone.stop(tones.currentTime + 0.15)
  } catch {
    // No audio: the number on the screen and the buzz remain.
  }
}
