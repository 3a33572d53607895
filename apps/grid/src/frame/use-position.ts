import type { Position } from '@linli/ui/map'
import { useState } from 'react'

const patience = 6000

/** Where the phone is at this moment, asked for once; undefined where it does not say. Nothing is ever followed. */
export function askPosition(): Promise<Position | undefined> {
  if (!('geolocation' in navigator)) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 30_000 },
    )
  })
}

export type Whereabouts = { state: 'unasked' | 'asking' | 'unknown' } | { state: 'known'; position: Position }

/** The phone's place, once somebody has asked for it. */
export function usePosition(): { whereabouts: Whereabouts; ask(): void } {
  const [whereabouts, setWhereabouts] = useState<Whereabouts>({ state: 'unasked' })
  const ask = (): void => {
    setWhereabouts({ state: 'asking' })
    void askPosition().then((position) => setWhereabouts(position ? { state: 'known', position } : { state: 'unknown' }))
  }
  return { whereabouts, ask }
}
