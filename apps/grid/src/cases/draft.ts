import type { FormDraft } from '@linli/ui/forms'
import { type KeptPhoto, keep } from '@linli/ui/phone'

/** A photo that answers one field of a form. */
export interface FieldPhoto extends KeptPhoto {
  field: string
}

/** The form of one step while it is filled in: kept at every tap, for a phone rings and the page is gone. */
export interface StepDraft {
  accountId: string
  caseId: string
  key: string
  changedAt: number
  values: FormDraft
  photos: readonly FieldPhoto[]
}

type Of = Pick<StepDraft, 'accountId' | 'caseId' | 'key'>

const keepFor = 7 * 86_400_000

export const stepDrafts = keep<readonly StepDraft[]>('linli.grid.steps', [], (stored) =>
  Array.isArray(stored)
    ? stored.filter((draft: Partial<StepDraft> | null) => Array.isArray(draft?.photos) && Date.now() - (draft.changedAt ?? 0) < keepFor)
    : undefined,
)

const isOf = (of: Of, draft: StepDraft): boolean => draft.accountId === of.accountId && draft.caseId === of.caseId && draft.key === of.key

export const findStep = (all: readonly StepDraft[], of: Of): StepDraft | undefined => all.find((draft) => isOf(of, draft))

export function changeStep(draft: StepDraft, change: Partial<Pick<StepDraft, 'values' | 'photos'>>): void {
  stepDrafts.change((all) => [
    ...all.filter((other) => !isOf(draft, other)),
    { ...(findStep(all, draft) ?? draft), ...change, changedAt: Date.now() },
  ])
}

export const clearStep = (of: Of): void => void stepDrafts.change((all) => all.filter((draft) => !isOf(of, draft)))
