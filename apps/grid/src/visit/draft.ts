import type { InputOf } from '@linli/ui/client'
import { newId } from '@linli/ui/client'
import { type KeptPhoto, keep } from '@linli/ui/phone'

type Said = InputOf<'POST /persons/:personId/visits'>['body']
export type Met = Said['met']
export type Result = Said['result']

/** What a visit may bring into the file; each is typed only where it has changed. */
export const changeable = ['name', 'phone', 'healthNote'] as const
export type Changeable = (typeof changeable)[number]

/** An alarm that a visit answers, and whether others go on with what was found. */
export interface VisitedAlarm {
  episodeId: string
  openCase: boolean
}

/** A visit under way: kept at every tap, for a door opens, a phone rings, and the page is gone. */
export interface VisitDraft {
  /** Fixed from the first tap to the answer, so that nothing can be written twice. */
  requestId: string
  accountId: string
  personId: string
  changedAt: number
  alarm?: VisitedAlarm | undefined
  met?: Met | undefined
  result?: Exclude<Result, 'notMet'> | undefined
  note: string
  values: Partial<Record<Changeable, string>>
  /** The person agreed that the note for first aid is kept. */
  isHealthAgreed?: boolean
  /** Care groups that were found, each with its basis. */
  tags: Readonly<Record<string, string>>
  photos: readonly KeptPhoto[]
}

/** As long as a journey to the mountains; a day is enough for most. */
const keepFor = 7 * 86_400_000

const isDraft = (stored: Partial<VisitDraft> | null): stored is VisitDraft =>
  typeof stored?.requestId === 'string' && typeof stored.personId === 'string' && Array.isArray(stored.photos)

/** Visits under way, one of a person and account. */
export const visitDrafts = keep<readonly VisitDraft[]>('linli.grid.visits', [], (stored) =>
  Array.isArray(stored) ? stored.filter((draft) => isDraft(draft) && Date.now() - draft.changedAt < keepFor) : undefined,
)

export const emptyVisit = (accountId: string, personId: string): VisitDraft => ({
  requestId: newId(),
  accountId,
  personId,
  changedAt: 0,
  note: '',
  values: {},
  tags: {},
  photos: [],
})

const isSame = (one: VisitDraft, { accountId, personId }: Pick<VisitDraft, 'accountId' | 'personId'>): boolean =>
  one.accountId === accountId && one.personId === personId

export const findVisit = (all: readonly VisitDraft[], of: Pick<VisitDraft, 'accountId' | 'personId'>): VisitDraft | undefined =>
  all.find((one) => isSame(one, of))

export function changeVisit(draft: VisitDraft, change: Partial<VisitDraft>): void {
  visitDrafts.change((all) => [
    ...all.filter((one) => !isSame(one, draft)),
    { ...(findVisit(all, draft) ?? draft), ...change, changedAt: Date.now() },
  ])
}

export const clearVisit = (draft: VisitDraft): void => void visitDrafts.change((all) => all.filter((one) => !isSame(one, draft)))

/** Puts a refused visit back for mending, under a new request id: what is sent next is another one. */
export const restoreVisit = (draft: VisitDraft, photos: readonly KeptPhoto[]): void => changeVisit(draft, { photos, requestId: newId() })
