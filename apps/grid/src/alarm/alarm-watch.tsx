import { useRing } from '@linli/ui/client'
import { useKept, useNow } from '@linli/ui/phone'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { type EpisodeRow, type EpisodeView, episodeQuery, episodesQuery } from '../api/queries.ts'
import type { Answered, QueuedItem } from '../kept/items.ts'
import { onSent, waiting } from '../kept/queue.ts'

interface Watched {
  /** Alarms that nobody has answered, neither here nor elsewhere. */
  ringing: readonly EpisodeRow[]
  /** False until somebody has touched the page: a browser lets none sound before. */
  canSound: boolean
  isSilenced: boolean
  /** No more sound for what rings now; another alarm rings again. */
  silence(): void
  serverNow: string | undefined
  readAt: number
}

const WatchContext = createContext<Watched | undefined>(undefined)

export function useAlarmWatch(): Watched {
  const watched = useContext(WatchContext)
  if (!watched) throw new Error('alarms are watched on pages of somebody who is signed in')
  return watched
}

/** The server's time, running on. */
export function useServerNow(everyMs?: number): number {
  const { serverNow, readAt } = useAlarmWatch()
  return useNow(serverNow, readAt, everyMs)
}

const buzzEveryMs = 1600

/** Rings and shakes on every page while an alarm of this cell has no answer. */
export function AlarmWatch({ children }: { children: ReactNode }) {
  const { data, dataUpdatedAt } = useQuery(episodesQuery)
  const moves = useKept(waiting)
  const [silenced, setSilenced] = useState<ReadonlySet<string>>(new Set())
  const ringing = (data?.items ?? []).filter(
    ({ stage, level, episodeId }) =>
      stage === 'raised' &&
      // Yellow and blue ones are in the list and in the inbox; they ring for nobody.
      level <= 2 &&
      !moves.some((item) => !item.refusal && answers(item, episodeId)),
  )
  useAnswers()
  const isLoud = ringing.some(({ episodeId }) => !silenced.has(episodeId))
  const { isMute, unmute } = useRing(isLoud)
  useBuzz(isLoud)
  useEffect(() => {
    if (!isMute) return
    // Whoever has just signed in has touched the page already.
    if (navigator.userActivation?.hasBeenActive) unmute()
    const kinds = ['pointerdown', 'keydown'] as const
    for (const kind of kinds) addEventListener(kind, unmute, { capture: true })
    return () => {
      for (const kind of kinds) removeEventListener(kind, unmute, { capture: true })
    }
  }, [isMute, unmute])
  const watched: Watched = {
    ringing,
    canSound: !isMute,
    isSilenced: ringing.length > 0 && !isLoud,
    silence: () => setSilenced(new Set(ringing.map(({ episodeId }) => episodeId))),
    serverNow: data?.asOf,
    readAt: dataUpdatedAt,
  }
  return <WatchContext value={watched}>{children}</WatchContext>
}

/** Whether somebody here has done something about an alarm that the server has not heard of yet. */
const answers = (item: QueuedItem, episodeId: string): boolean =>
  item.kind === 'move' ? item.episodeId === episodeId && item.key !== 'note' : item.kind === 'visit' && item.alarm?.episodeId === episodeId

/** What the server said to a step stands at once, in the list too: what was answered must not ring once more until the list is read again. */
function useAnswers(): void {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onSent((answered) => {
        const answer = episodeIn(answered)
        if (!answer) return
        queryClient.setQueryData(episodeQuery(answer.episodeId).queryKey, answer)
        queryClient.setQueryData(episodesQuery.queryKey, (list) => {
          const items = list?.items.map((row) => (row.episodeId === answer.episodeId ? answer : row))
          return list && items && { ...list, items: items.filter(({ settledAt }) => settledAt === null) }
        })
        void queryClient.invalidateQueries({ queryKey: episodesQuery.queryKey })
      }),
    [queryClient],
  )
}

/** The alarm as it is after a step of it, or after the visit that it led to. */
const episodeIn = ({ kind, answer }: Answered): EpisodeView | undefined =>
  kind === 'move' ? answer : kind === 'visit' ? answer.episode : undefined

/** Shakes the phone along with the ring, where it can and once it was touched. */
function useBuzz(isLoud: boolean): void {
  useEffect(() => {
    if (!isLoud || !('vibrate' in navigator)) return
    const buzz = (): void => {
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate([300, 150, 300])
    }
    buzz()
    const timer = setInterval(buzz, buzzEveryMs)
    return () => {
      clearInterval(timer)
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate(0)
    }
  }, [isLoud])
}
