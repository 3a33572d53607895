/** Address of a picture or PDF of a case, shown to whoever sees the case; `thumb` is small, and only pictures have one. */
export const fileUrl = (caseId: string, fileId: string, size: 'full' | 'thumb' = 'full'): string =>
  `/api/v1/cases/${encodeURIComponent(caseId)}/files/${encodeURIComponent(fileId)}${size === 'thumb' ? '?size=thumb' : ''}`
