import { call, type Ending, useRing, watchSession } from '@linli/ui/client'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The end of the session when it is near, and how to put it off. */
function useSessionEnd(): { ending: Ending | undefined; stay(): void } {
  const queryClient = useQueryClient()
  const [ending, setEnding] = useState<Ending>()
  const [look, setLook] = useState(() => () => {})
  useEffect(() => {
    // As a query, so that an ended session leads to the sign-in page as with any other.
    const ask = () =>
      queryClient.fetchQuery({
        queryKey: ['session'],
        queryFn: ({ signal }) => call('GET /sessions/current', {}, signal),
        staleTime: 0,
        gcTime: 0,
        retry: false,
      })
    const watch = watchSession({ ask, onEnding: setEnding })
    setLook(() => () => void watch.look())
    return watch.stop
  }, [queryClient])
  return { ending, stay: look }
}

const EndingContext = createContext<ReturnType<typeof useSessionEnd> | undefined>(undefined)

/** Watches the session for all pages of whoever is signed in. */
export function EndingWatch({ children }: { children: ReactNode }) {
  return <EndingContext value={useSessionEnd()}>{children}</EndingContext>
}

/** Without a session no alarm reaches this phone: two minutes before, it says so and sounds. */
export function EndingBand() {
  const { t } = useTranslation()
  const { ending, stay } = useContext(EndingContext) ?? {}
  const [now, setNow] = useState(Date.now)
  const isEnding = ending !== undefined
  const { isMute, unmute } = useRing(isEnding)
  useEffect(() => {
    if (!isEnding) return
    if (isMute && navigator.userActivation?.hasBeenActive) unmute()
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isEnding, isMute, unmute])
  if (!ending) return null
  const seconds = Math.max(0, Math.round((ending.endsAt - now) / 1000))
  return (
    <div className="off" role="alert">
      <div className="off-text">
        <p className="strong" role="timer">
          {t('ending.text', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}
        </p>
        <p>{t(ending.canStay ? 'ending.meanwhile' : 'ending.last')}</p>
      </div>
      {ending.canStay ? (
        <button type="button" className="btn primary" onClick={stay}>
          {t('ending.stay')}
        </button>
      ) : null}
    </div>
  )
}
