import { isSignedOut } from '@linli/ui/client'
import { useEffect, useState } from 'react'
import { keepFresh, type Reading } from './freshness.ts'
import { openLine } from './line.ts'
import {
  type Alarms,
  type AreaCounts,
  type MattersOfWall,
  type Outlines,
  type RatesOfWall,
  readAlarms,
  readCounts,
  readMatters,
  readOutlines,
  readRates,
} from './read-wall.ts'

export interface WallReadings {
  counts: Reading<AreaCounts>
  matters: Reading<MattersOfWall>
  rates: Reading<RatesOfWall>
  alarms: Reading<Alarms>
  outlines: Reading<Outlines>
}

const unread = { data: undefined, contactAt: undefined, isFailing: false }
const nothing: WallReadings = { counts: unread, matters: unread, rates: unread, alarms: unread, outlines: unread }

/** Everything on the wall for one area, kept fresh. Of another area nothing is carried over: a figure under the wrong name is worse than none. */
export function useWall(area: string | undefined, seesAlarms: boolean, onSignedOut: () => void): WallReadings {
  const [held, setHeld] = useState<{ area: string | undefined; readings: WallReadings }>({ area, readings: nothing })
  useEffect(() => {
    let wasFailing = false
    const take =
      <K extends keyof WallReadings>(name: K) =>
      (reading: WallReadings[K]) => {
        if (wasFailing && !reading.isFailing) {
          wasFailing = false
          line.renew()
        }
        wasFailing ||= reading.isFailing
        setHeld((before) => ({ area, readings: { ...(before.area === area ? before.readings : nothing), [name]: reading } }))
      }
    const isFinal = (error: unknown) => {
      if (!isSignedOut(error)) return false
      onSignedOut()
      return true
    }
    const kept = [
      keepFresh({ read: (signal) => readCounts(area, signal), every: 20_000, least: 1_000, onReading: take('counts'), isFinal }),
      keepFresh({ read: (signal) => readMatters(area, signal), every: 20_000, least: 1_000, onReading: take('matters'), isFinal }),
      keepFresh({ read: (signal) => readRates(area, signal), every: 30_000, least: 10_000, onReading: take('rates'), isFinal }),
      ...(seesAlarms
        ? [
            keepFresh({ read: (signal) => readAlarms(area, signal), every: 10_000, least: 300, onReading: take('alarms'), isFinal }),
            keepFresh({
              read: (signal) => readOutlines(area, signal),
              every: 600_000,
              least: 600_000,
              onReading: take('outlines'),
              isFinal,
            }),
          ]
        : []),
    ]
    const line = openLine({
      onNews: () => {
        for (const one of kept) one.poke()
      },
    })
    return () => {
      line.stop()
      for (const one of kept) one.stop()
    }
  }, [area, seesAlarms, onSignedOut])
  return held.area === area ? held.readings : nothing
}
