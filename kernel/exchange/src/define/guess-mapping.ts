import type { FieldSource } from '../contract/import-mapping.ts'
import type { ImportField } from './import-field.ts'

/** Columns that are called as a field is, or as others call it: each field at most one, each column at most once. */
export function guessFields(fields: readonly ImportField[], headers: readonly string[]): Record<string, FieldSource> {
  const free = new Map(headers.map((header) => [plain(header), header]))
  const guessed: Record<string, FieldSource> = {}
  for (const { key, zh, en, calledToo = [] } of fields) {
    const name = [key, zh, en, ...calledToo].map(plain).find((one) => free.has(one))
    if (name === undefined) continue
    guessed[key] = { column: free.get(name)! }
    free.delete(name)
  }
  return guessed
}

/** Without what people write differently: case, spaces, underscores, brackets with units. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s_\-*：:.]/g, '')
