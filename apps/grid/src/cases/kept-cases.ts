import { call } from '@linli/ui/client'
import { keep } from '@linli/ui/phone'
import type { CaseRow } from '../api/queries.ts'
import type { CaseView, Entry } from './queries.ts'

/** One matter as it was read last: what it is, what may be done with it, and how it went. */
export interface KeptCase {
  /** Milliseconds of this phone. */
  at: number
  view: CaseView
  entries: readonly Entry[]
}

interface KeptCases {
  postId: string
  cases: readonly KeptCase[]
}

/** What a day's round holds; more would not be read, and fills the phone. */
const most = 20
const keepForMs = 24 * 3_600_000

/** Matters of the day, so that they open and their steps are made in a cellar. Reporters masked as every page has them; a day, or until signed out. */
export const keptCases = keep<KeptCases | null>('linli.grid.cases', null, (stored) => {
  const kept = stored as Partial<KeptCases> | null
  return typeof kept?.postId === 'string' && Array.isArray(kept.cases) ? (kept as KeptCases) : undefined
})

/** What may still be shown of it to this post. */
export const casesOf = (kept: KeptCases | null, postId: string | undefined): readonly KeptCase[] =>
  kept && kept.postId === postId ? kept.cases.filter(({ at }) => Date.now() - at < keepForMs) : []

export function keepCase(postId: string, view: CaseView, entries: readonly Entry[]): void {
  keptCases.change((kept) => {
    const others = casesOf(kept, postId).filter((one) => one.view.caseId !== view.caseId)
    return { postId, cases: [{ at: Date.now(), view, entries }, ...others].slice(0, most) }
  })
}

export const forgetCases = (): void => void keptCases.change(() => null)

let isReading = false

/** Takes the first of the day's matters along, one by one, and of those that are along already only what has changed since. Stops at the first failure. */
export async function takeCasesAlong(postId: string, rows: readonly CaseRow[]): Promise<void> {
  if (isReading) return
  isReading = true
  try {
    for (const { caseId, seq } of rows.slice(0, most)) {
      if (casesOf(keptCases.get(), postId).some(({ view }) => view.caseId === caseId && view.seq === seq)) continue
      const view = await call('GET /cases/:caseId', { params: { caseId } })
      const { items } = await call('GET /cases/:caseId/entries', { params: { caseId } })
      keepCase(postId, view, items)
    }
  } catch {
    // Taking along is a convenience: the next reading of the list tries again.
  } finally {
    isReading = false
  }
}
