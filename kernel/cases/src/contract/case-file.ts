import { endpoint, Id } from '@linli/base/contract'
import { z } from 'zod'
import { CaseNumber, Tail } from './public-case.ts'

/** `thumb` is a WebP of at most 320 pixels; only pictures have one. */
const Size = z.enum(['full', 'thumb']).default('full')

/** The bytes themselves: JPEG, PNG, WebP or PDF, to be shown in place. */
export const readCaseFile = endpoint({
  method: 'GET',
  path: '/cases/:caseId/files/:fileId',
  summary: '事项的附件',
  permission: 'cases.read',
  rate: 1200,
  params: z.object({ caseId: Id, fileId: Id }),
  query: z.object({ size: Size }),
  result: z.unknown(),
  errors: ['case.not_found', 'file.not_found'],
})

/** As `readCaseFile`, for whoever has the number and the tail: what the resident sent and what was answered, no internal file. */
export const readPublicCaseFile = endpoint({
  method: 'GET',
  path: '/public/cases/:number/files/:fileId',
  summary: '凭编号和后四位看附件',
  permission: 'public',
  rate: 600,
  params: z.object({ number: CaseNumber, fileId: Id }),
  query: z.object({ tail: Tail, size: Size }),
  result: z.unknown(),
  errors: ['case.not_found', 'file.not_found', 'case.tries_exhausted'],
})
