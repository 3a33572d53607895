import { useEffect, useState } from 'react'

/** The server's time, running on: a phone's clock may be hours off, and a deadline must not be. */
export function useNow(serverNow?: string, readAt?: number, everyMs = 15_000): number {
  const [tick, setTick] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  const offset = serverNow && readAt ? Date.parse(serverNow) - readAt : 0
  return Math.max(tick, readAt ?? 0) + offset
}
