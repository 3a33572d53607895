import type { QueuedVisit } from '../kept/items.ts'
import type { VisitDraft } from './draft.ts'

export type VisitProblem = 'met' | 'result' | 'phone' | 'healthAgreed' | 'basis'

/** The words on the leaflet that the person is shown. */
const wordsAgreedTo = '2026-11'

const phone = /^(?:1\d{10}|0\d{9,11})$/

/** What a visit lacks, as keys of its sentences; the server judges everything again. */
export function problemsOf({ met, result, values, isHealthAgreed, tags }: VisitDraft): VisitProblem[] {
  const problems: VisitProblem[] = []
  if (!met) problems.push('met')
  if (met && met !== 'nobody' && !result) problems.push('result')
  if (met === 'nobody') return problems
  const said = values.phone?.replace(/\s/g, '')
  if (said && !phone.test(said)) problems.push('phone')
  if (values.healthNote?.trim() && !isHealthAgreed) problems.push('healthAgreed')
  if (Object.values(tags).some((basis) => [...basis.trim()].length < 2)) problems.push('basis')
  return problems
}

/** What is sent, but for the photos: only what has changed. Where nobody was met, nothing has. */
export function visitBody(
  { met, result, note, values, isHealthAgreed, tags }: VisitDraft,
  seenSeq: number,
  madeAt: number,
): QueuedVisit['body'] {
  const isMet = met !== 'nobody'
  const said = Object.entries(values).flatMap(([field, value]) => {
    const text = field === 'phone' ? value.replace(/\s/g, '') : value.trim()
    return text ? [[field, text]] : []
  })
  return {
    seenSeq,
    madeAt: new Date(madeAt).toISOString(),
    met: met ?? 'nobody',
    result: isMet ? (result ?? 'well') : 'notMet',
    ...(note.trim().length > 1 && { note: note.trim() }),
    values: isMet ? Object.fromEntries(said) : {},
    ...(isMet && values.healthNote?.trim() && isHealthAgreed && { healthAgreed: wordsAgreedTo }),
    tags: isMet ? Object.entries(tags).map(([careGroup, basis]) => ({ careGroup, basis: basis.trim() })) : [],
  }
}
