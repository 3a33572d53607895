import { Id, text } from '@linli/base/contract'
import { z } from 'zod'

export const CaseSubjectKind = z.enum(['person', 'dwelling', 'device'])

/** What a matter is about, as whoever reports it knows it: by its id, a dwelling by who lives there, a device by the code on it. */
export const SubjectRef = z.union([
  z.strictObject({ kind: CaseSubjectKind, id: Id }),
  z.strictObject({ kind: z.literal('dwelling'), ofPerson: Id }),
  z.strictObject({ kind: z.literal('device'), code: text(2, 60) }),
])
export type SubjectRef = z.infer<typeof SubjectRef>

export const CaseSubject = z.object({
  kind: CaseSubjectKind,
  id: Id,
  /** Masked; null where the acting post does not see it. */
  name: z.string().nullable(),
})
export type CaseSubject = z.infer<typeof CaseSubject>
