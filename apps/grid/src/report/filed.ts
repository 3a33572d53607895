import { keep } from '@linli/ui/phone'
import { onSent } from '../kept/queue.ts'

/** A report that the server has taken, so that its page says the number after a reload too. Nothing of what was reported. */
interface Filed {
  requestId: string
  caseId: string
  number: string
  photosLost: number
}

const most = 20

export const filed = keep<readonly Filed[]>('linli.grid.filed', [], (stored) =>
  Array.isArray(stored) ? stored.filter((one: Partial<Filed> | null) => typeof one?.number === 'string') : undefined,
)

/** From now on what the server takes is put down; returns how to stop. */
export const startNotingFiled = (): (() => void) =>
  onSent(({ kind, item, answer }) => {
    if (kind !== 'report') return
    const { caseId, number } = answer
    filed.change((all) => [{ requestId: item.requestId, caseId, number, photosLost: item.photosLost }, ...all].slice(0, most))
  })
