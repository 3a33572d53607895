/** What the stream says: ids only, everything else is read again under the reader's own scope. */
export type LiveEvent =
  | { kind: 'case'; caseId: string }
  | { kind: 'inbox'; unread?: number }
  | { kind: 'export' }
  | { kind: 'import' }
  | { kind: 'episode' }
  | { kind: 'reset' }

/** The stream's words as an event; undefined for what this page does not know. */
export function parseEvent(kind: string, data: string): LiveEvent | undefined {
  if (kind === 'reset') return { kind: 'reset' }
  let content: unknown
  try {
    content = JSON.parse(data)
  } catch {
    return undefined
  }
  if (typeof content !== 'object' || content === null) return undefined
  if (kind === 'case' && 'caseId' in content && typeof content.caseId === 'string') return { kind: 'case', caseId: content.caseId }
  if (kind === 'export' || kind === 'import' || kind === 'episode') return { kind }
  if (kind === 'inbox')
    return 'unread' in content && typeof content.unread === 'number' ? { kind: 'inbox', unread: content.unread } : { kind: 'inbox' }
  return undefined
}
