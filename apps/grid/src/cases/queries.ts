import { type AnswerOf, call } from '@linli/ui/client'
import { queryOptions } from '@tanstack/react-query'

export type CaseView = AnswerOf<'GET /cases/:caseId'>
export type Entry = AnswerOf<'GET /cases/:caseId/entries'>['items'][number]
export type MoveOffer = CaseView['moves'][number]

/** Under the key of all lists of matters: what live push reads again, it reads again here. */
export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['cases', 'one', caseId],
    queryFn: ({ signal }) => call('GET /cases/:caseId', { params: { caseId } }, signal),
  })

export const entriesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['cases', 'entries', caseId],
    queryFn: ({ signal }) => call('GET /cases/:caseId/entries', { params: { caseId } }, signal),
  })

/** Address of a picture or PDF of a case, for whoever sees the case. */
export const fileUrl = (caseId: string, fileId: string, size?: 'thumb'): string =>
  `/api/v1/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(fileId)}${size ? '?size=thumb' : ''}`
