import { type InputOf, newId } from '@linli/ui/client'
import type { Position } from '@linli/ui/map'
import { type KeptPhoto, keep } from '@linli/ui/phone'

export const levels = ['ordinary', 'pressing', 'urgent', 'critical'] as const
export type Level = (typeof levels)[number]

/** What a report is about, with what the page calls it. */
export interface DraftSubject {
  key: string
  label: string
  ref: NonNullable<InputOf<'POST /cases'>['body']['subjects']>[number]
}

/** An event being reported: kept while it is written, for a phone rings, locks and is put away. */
export interface ReportDraft {
  /** Fixed from the first photo to the answer, so that nothing can be filed twice. */
  requestId: string
  accountId: string
  changedAt: number
  photos: readonly KeptPhoto[]
  category?: string | undefined
  /** A common saying that was picked; it stands for its category. */
  saying?: string | undefined
  level: Level
  detail: string
  place: string
  /** Absent in what an earlier release kept. */
  subjects?: readonly DraftSubject[]
  /** The place of the moment when the worker asked for it; a photo is never asked. */
  position?: Position | undefined
}

const keepFor = 30 * 86_400_000

const isDraft = (stored: Partial<ReportDraft> | null): stored is ReportDraft =>
  typeof stored?.requestId === 'string' && typeof stored.accountId === 'string' && Array.isArray(stored.photos)

/** One draft an account: who signs in on the same phone finds his own, and takes nobody else's away. */
export const drafts = keep<readonly ReportDraft[]>('linli.grid.reports', [], (stored) =>
  Array.isArray(stored) ? stored.filter((draft) => isDraft(draft) && Date.now() - draft.changedAt < keepFor) : undefined,
)

export const emptyDraft = (accountId: string): ReportDraft => ({
  requestId: newId(),
  accountId,
  changedAt: 0,
  photos: [],
  level: 'ordinary',
  detail: '',
  place: '',
})

export function changeDraft(draft: ReportDraft, change: Partial<ReportDraft>): void {
  drafts.change((all) => {
    const now = all.find(({ requestId }) => requestId === draft.requestId) ?? draft
    return [...all.filter(({ accountId }) => accountId !== draft.accountId), { ...now, ...change, changedAt: Date.now() }]
  })
}

export function clearDraft(accountId: string): void {
  drafts.change((all) => all.filter((draft) => draft.accountId !== accountId))
}

/** Puts a refused report back for mending. It gets a new request id: what is sent next is another report. */
export const restoreDraft = (draft: ReportDraft, photos: readonly KeptPhoto[]): void => changeDraft(draft, { photos, requestId: newId() })

/** True while there is nothing in it that a person would miss. */
export const isBlank = ({ photos, detail, category, place }: ReportDraft): boolean =>
  photos.length === 0 && !detail.trim() && !category && !place.trim()
