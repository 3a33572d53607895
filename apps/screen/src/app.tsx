import { call, isSignedOut } from '@linli/ui/client'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepFresh } from './api/freshness.ts'
import type { Me } from './api/read-wall.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import { WallPage } from './wall/wall-page.tsx'

interface Opened {
  me: Me
  /** The platform's time; a wall ends whether it is used or not. */
  endsAt: number
}

type Standing = 'reading' | 'strange' | 'ended' | Opened

/** A wall that is signed in, or the way to it. Whoever it is, and until when, is asked anew every few minutes. */
export function App() {
  const { t } = useTranslation()
  const [standing, setStanding] = useState<Standing>('reading')
  const [round, setRound] = useState(0)
  const end = useCallback(() => setStanding((before) => (before === 'reading' ? 'strange' : 'ended')), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is a new session
  useEffect(() => {
    const kept = keepFresh<Opened>({
      read: async (signal) => {
        const me = await call('GET /me', {}, signal)
        const { secondsLeft } = await call('GET /sessions/current', {}, signal)
        return { me, endsAt: Date.parse(me.now) + secondsLeft * 1000 }
      },
      every: 5 * 60_000,
      least: 1_000,
      onReading: ({ data }) => data && setStanding(data),
      isFinal: (error) => {
        if (!isSignedOut(error)) return false
        end()
        return true
      },
    })
    return kept.stop
  }, [round, end])
  if (standing === 'reading') return <p className="sc-waiting">{t('fresh.reading')}</p>
  if (standing === 'strange' || standing === 'ended') {
    return (
      <SignInPage
        hasEnded={standing === 'ended'}
        onOpened={() => {
          setStanding('reading')
          setRound((before) => before + 1)
        }}
      />
    )
  }
  return <WallPage key={round} me={standing.me} endsAt={standing.endsAt} onSignedOut={end} onClosed={() => setStanding('strange')} />
}
