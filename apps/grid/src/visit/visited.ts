import type { AnswerOf } from '@linli/ui/client'
import { keep } from '@linli/ui/phone'
import { onSent } from '../kept/queue.ts'

/** A visit that the server has written, so that its page says so after a reload too. Only ids and names of fields. */
interface Visited {
  requestId: string
  personId: string
  toLookAt: AnswerOf<'POST /persons/:personId/visits'>['toLookAt']
  photosLost: number
}

const most = 40

export const visited = keep<readonly Visited[]>('linli.grid.visited', [], (stored) =>
  Array.isArray(stored) ? stored.filter((one: Partial<Visited> | null) => Array.isArray(one?.toLookAt)) : undefined,
)

/** From now on what the server writes is put down; returns how to stop. */
export const startNotingVisited = (onNoted: (personId: string) => void): (() => void) =>
  onSent(({ kind, item, answer }) => {
    if (kind !== 'visit') return
    const { requestId, personId, photosLost } = item
    visited.change((all) => [{ requestId, personId, photosLost, toLookAt: answer.toLookAt }, ...all].slice(0, most))
    onNoted(personId)
  })
