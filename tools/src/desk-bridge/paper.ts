/** A receipt as the page sends it: words only, the printer's language is the bridge's business. */
export interface Paper {
  title: string
  /** `副本 2`, on every paper but the first. */
  mark: string | null
  number: string
  lines: readonly { label: string; value: string }[]
  code: string
  qr: string
  notes: readonly string[]
}

/** Reads a paper out of a request; undefined when it is none, or when its QR code would lead somebody away from the platform. */
export function readPaper(body: unknown, origins: readonly string[]): Paper | undefined {
  const given = (body ?? {}) as Record<string, unknown>
  const { title, mark = null, number, lines, code, qr, notes } = given
  const isPaper =
    isText(title, 40) &&
    (mark === null || isText(mark, 40)) &&
    isText(number, 40) &&
    isText(code, 40) &&
    isText(qr, 300) &&
    origins.some((origin) => qr.startsWith(`${origin}/`)) &&
    isList(lines, 12) &&
    lines.every(
      (line) => isText((line as Paper['lines'][0] | null)?.label, 20) && isText((line as Paper['lines'][0] | null)?.value, 300),
    ) &&
    isList(notes, 6) &&
    notes.every((note) => isText(note, 300))
  return isPaper ? ({ title, mark, number, lines, code, qr, notes } as Paper) : undefined
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= most
const isList = (value: unknown, most: number): value is unknown[] => Array.isArray(value) && value.length <= most
