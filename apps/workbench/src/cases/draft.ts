import { type FormDraft, isEmptyDraft } from '@linli/ui/desk'

const keyOf = (caseId: string, move: string): string => `linli.draft.${caseId}.${move}`

/** What somebody began to write for this case and move; it survives a reload and a lost session, and dies with the tab. */
export function readDraft(caseId: string, move: string): FormDraft | undefined {
  try {
    const stored = sessionStorage.getItem(keyOf(caseId, move))
    return stored ? (JSON.parse(stored) as FormDraft) : undefined
  } catch {
    return undefined
  }
}

export function keepDraft(caseId: string, move: string, draft: FormDraft | undefined): void {
  try {
    if (!draft || isEmptyDraft(draft)) sessionStorage.removeItem(keyOf(caseId, move))
    else sessionStorage.setItem(keyOf(caseId, move), JSON.stringify(draft))
  } catch {
    // A browser that keeps nothing loses drafts on reload; the form itself still works.
  }
}
