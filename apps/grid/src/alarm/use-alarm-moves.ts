import { isOutOfReach, newId } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type EpisodeView, episodeQuery } from '../api/queries.ts'
import { lateNote } from '../frame/late-note.ts'
import { askPosition } from '../frame/use-position.ts'
import type { QueuedMove, QueuedVisit } from '../kept/items.ts'
import type { EpisodeMove } from '../kept/moves.ts'
import { keepAndSend, waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'

type Said = Partial<Pick<QueuedMove['body'], 'outcome' | 'openCase' | 'text'>>

const doubleTapMs = 600

/** The steps of one alarm: kept on the phone first, sent at once when there is a network, and once in any case. */
export function useAlarmMoves(episode: EpisodeView) {
  const { accountId } = useOwnMe()
  const queryClient = useQueryClient()
  const [underWay, setUnderWay] = useState<EpisodeMove>()
  const { episodeId, ruleName } = episode
  const items = useKept(waiting)
  const unsent = items.filter((item) => item.kind === 'move' && item.episodeId === episodeId && !item.refusal) as readonly QueuedMove[]

  const move = async (key: EpisodeMove, said: Said = {}): Promise<void> => {
    // Pressed twice is done once; a note may be written as often as there is something to say.
    if (underWay || (key !== 'note' && unsent.some((item) => item.key === key))) return
    setUnderWay(key)
    const at = Date.now()
    const position = key === 'arrive' ? await askPosition() : undefined
    const text = [said.text?.trim(), isOutOfReach() ? lateNote(at) : ''].filter(Boolean).join(' ')
    const body = { ...said, text, ...(position && { position }) }
    const sending = await keepAndSend({ kind: 'move', requestId: newId(), accountId, episodeId, name: ruleName, key, body, at })
    if (sending.kind === 'refused') await queryClient.invalidateQueries({ queryKey: episodeQuery(episodeId).queryKey })
    // The next button stands where this one stood: the second half of a double tap must not press it.
    await new Promise((resolve) => setTimeout(resolve, doubleTapMs))
    setUnderWay(undefined)
  }

  const visit = items.find((item): item is QueuedVisit => item.kind === 'visit' && item.alarm?.episodeId === episodeId && !item.refusal)
  const may = (key: EpisodeMove): boolean => episode.moves.includes(key) && !isPast(key, unsent) && (key === 'note' || !visit)
  return { move, unsent, visit, underWay, may }
}

const order: readonly EpisodeMove[] = ['acknowledge', 'depart', 'arrive', 'settle']

/** A step that was made here, or that a later one made here leaves behind. */
const isPast = (key: EpisodeMove, unsent: readonly QueuedMove[]): boolean =>
  key !== 'note' && unsent.some((item) => item.key !== 'note' && order.indexOf(item.key) >= order.indexOf(key))

export type AlarmMoves = ReturnType<typeof useAlarmMoves>
