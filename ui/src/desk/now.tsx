import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const Now = createContext<number>(0)

/**
 * The platform's time for everything below: the desk's own clock moved by what the server said, so that a wrong PC clock shows no wrong deadline.
 * It ticks every 15 s; words that count minutes need no more.
 */
export function NowProvider({ offset, children }: { offset: number; children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now() + offset)
  useEffect(() => {
    const tick = () => setNow(Date.now() + offset)
    tick()
    const timer = setInterval(tick, 15_000)
    return () => clearInterval(timer)
  }, [offset])
  return <Now value={now}>{children}</Now>
}

export function useNow(): number {
  const now = useContext(Now)
  return now === 0 ? Date.now() : now
}
