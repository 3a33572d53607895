import { BaseError } from './errors.ts'

/** What one value of a cursor must look like, so that a forged one never reaches the database. */
type Kind = 'text' | 'integer' | 'instant' | 'uuid'
type ValueOf<K extends Kind> = K extends 'integer' ? number : string

const isKind: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\0'),
  integer: (value) => Number.isSafeInteger(value),
  instant: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  uuid: (value) => typeof value === 'string' && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value),
}

/** Where a page ended, as opaque text for the client: the sort values of its last row. */
export function encodeCursor(...values: (string | number | Date)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The sort values again: `decodeCursor(cursor, 'instant', 'uuid')`. Text that is no cursor of ours is a wrong request. */
export function decodeCursor<const K extends readonly Kind[]>(cursor: string, ...kinds: K): { -readonly [I in keyof K]: ValueOf<K[I]> } {
  let values: unknown
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    values = undefined
  }
  const isOurs = Array.isArray(values) && values.length === kinds.length && kinds.every((kind, i) => isKind[kind]((values as unknown[])[i]))
  if (!isOurs)
    throw BaseError('request_invalid', {
      detail: '翻页标记不对，请从第一页开始',
      fields: [{ path: 'cursor', message: '不是有效的翻页标记' }],
    })
  return values as never
}
