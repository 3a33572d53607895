import { keep } from '@linli/ui/phone'
import type { CaseRow } from '../api/queries.ts'

/** The list of the day as it was read last, for reading without a network. */
interface KeptWork {
  postId: string
  /** Milliseconds of this phone. */
  at: number
  cases: readonly CaseRow[]
}

/** More than anybody does in a day. */
const most = 100
const keepForMs = 24 * 3_600_000

/** What is to be done, and where, as the lists show it: no alarm, for an old one misleads, and nothing that a list masks. A day, or until signed out. */
export const keptWork = keep<KeptWork | null>('linli.grid.today', null, (stored) => {
  const work = stored as Partial<KeptWork> | null
  return typeof work?.postId === 'string' && typeof work.at === 'number' && Array.isArray(work.cases) ? (work as KeptWork) : undefined
})

export const keepWork = (postId: string, cases: readonly CaseRow[]): void =>
  void keptWork.change(() => ({ postId, at: Date.now(), cases: cases.slice(0, most) }))

export const forgetWork = (): void => void keptWork.change(() => null)

/** What may still be shown of it to this post. */
export const workOf = (kept: KeptWork | null, postId: string | undefined): KeptWork | undefined =>
  kept && kept.postId === postId && Date.now() - kept.at < keepForMs ? kept : undefined
