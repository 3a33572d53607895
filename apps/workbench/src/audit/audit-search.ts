export interface AuditSearch {
  action?: string
  account?: string
  subject?: string
  from?: string
  to?: string
}

/** The filter form as search parameters: empty ones away, times as instants. */
export function auditSearch(form: Iterable<[string, FormDataEntryValue]>, toIso: (local: string) => string | undefined): AuditSearch {
  const search: AuditSearch = {}
  for (const [name, value] of form) {
    const text = typeof value === 'string' ? value.trim() : ''
    if (text === '') continue
    if (name === 'from' || name === 'to') {
      const at = toIso(text)
      if (at) search[name] = at
    } else if (name === 'action' || name === 'account' || name === 'subject') search[name] = text
  }
  return search
}
