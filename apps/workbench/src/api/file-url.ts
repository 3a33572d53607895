/** Address of a stored picture or PDF; the server shows it to whoever sees its case. */
export const fileUrl = (fileId: string): string => `/api/v1/files/${encodeURIComponent(fileId)}`
export const thumbUrl = (fileId: string): string => `${fileUrl(fileId)}?size=thumb`
