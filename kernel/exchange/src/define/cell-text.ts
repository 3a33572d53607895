import { type CellValue, type ExportColumn, maskName, maskPhone } from '@linli/base/define'

/** Excel's own limit. */
const longest = 32_767

/** A cell as it may leave the platform: masked, without characters that no file can hold, no longer than a cell. */
export function cellOf<Row>(column: ExportColumn<Row>, row: Row, lang: 'zh' | 'en'): CellValue {
  const value = column.value(row, lang)
  if (typeof value !== 'string') return value
  const clean = cleanText(value)
  if (column.mask === 'name') return maskName(clean)
  if (column.mask === 'phone') return maskPhone(clean)
  return column.kind === 'code' ? clean : maskNumbers(clean)
}

/** What people typed may carry numbers that lists would mask: mobile and fixed telephones, identity cards of 15 and 18 places. */
export function maskNumbers(text: string): string {
  return text
    .replace(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])|(?<!\d)\d{15}(?!\d)/g, (id) => '*'.repeat(id.length - 4) + id.slice(-4))
    .replace(/(?<!\d)1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)/g, maskPhone)
    .replace(/(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g, maskPhone)
}

/**
 * A text that a spreadsheet would take for a formula when it opens the file: `=1+1`, `@SUM`, a leading tab, and the full-width forms that
 * some input methods write. A csv puts an apostrophe before it; an xlsx says that the cell is text.
 */
export const looksLikeFormula = (text: string): boolean => /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text)

/** As a csv says that it is no formula: behind an apostrophe. */
export const asText = (text: string): string => (looksLikeFormula(text) ? `'${text}` : text)

/** What stood there before `asText`, where a file of ours comes back. */
export const fromText = (text: string): string => (text.startsWith("'") && looksLikeFormula(text.slice(1)) ? text.slice(1) : text)

/** Without control characters, half characters and the two that XML forbids. */
function cleanText(text: string): string {
  const whole = text.toWellFormed().replaceAll(forbidden, '')
  return whole.length > longest ? `${whole.slice(0, longest - 1).toWellFormed()}…` : whole
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
