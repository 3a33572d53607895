import { type Ctx, sql } from '@linli/base/server'
import type { CaseView } from '../contract/case.ts'
import { type CaseType, findMove } from '../define/case-type.ts'
import type { Entry } from '../define/fold.ts'

export type AttachmentView = CaseView['attachments'][number]

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Uploads that an entry carries: the opening's own, and those of its form. */
export function filesOf(type: CaseType, entry: Pick<Entry, 'move' | 'data'>): string[] {
  if (entry.move === 'open') return ids(entry.data.attachments)
  const fields = findMove(type, entry.move)?.form?.fields ?? []
  return fields.flatMap((field) => (field.type === 'files' ? ids(entry.data[field.key]) : []))
}

/** Does the resident read of it? */
export const isPublicEntry = (type: CaseType, entry: Pick<Entry, 'move'>): boolean =>
  entry.move === 'open' || findMove(type, entry.move)?.publicText !== undefined

/** Everything that was ever attached to a case, in the order in which it was uploaded. As the system, for who sees the case. */
export function listAttachments(system: Ctx, caseId: string): Promise<AttachmentView[]> {
  return system.rows(sql<AttachmentView>`
    SELECT file_id AS "fileId", media_type AS "mediaType", width, height FROM base.file
    WHERE owner_kind = 'case' AND owner_id = ${caseId} ORDER BY made_at, file_id`)
}

/** Of the attachments of a case, those of one entry. */
export const attachmentsOf = (type: CaseType, entry: Pick<Entry, 'move' | 'data'>, all: readonly AttachmentView[]): AttachmentView[] => {
  const wanted = filesOf(type, entry)
  return all.filter((file) => wanted.includes(file.fileId))
}
