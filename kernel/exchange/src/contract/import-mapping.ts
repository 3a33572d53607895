import { text } from '@linli/base/contract'
import { z } from 'zod'

const Header = z.string().trim().min(1).max(200)
const Word = z.string().max(300)

/** Where one field of a target comes from: a column, several joined, or the same value for every row. */
export const FieldSource = z
  .strictObject({
    column: Header.optional(),
    columns: z.array(Header).min(2).max(8).optional(),
    /** Between the texts of several columns; empty ones are left out. */
    join: z.string().max(10).optional(),
    value: text(1, 300).optional(),
    /** Words of the file → words of the platform. */
    values: z.record(Word, Word).optional(),
    /** For what `values` does not name and for an empty cell. */
    otherwise: Word.optional(),
    /** Of a time: yyyy MM dd HH mm ss, hh with a for AM and PM; ISO and the usual Chinese forms when absent. */
    format: z.string().trim().min(4).max(40).optional(),
  })
  .refine(({ column, columns, value }) => [column, columns, value].filter((one) => one !== undefined).length === 1, {
    message: 'column、columns、value 里写一个，只写一个',
  })
export type FieldSource = z.infer<typeof FieldSource>

export const SourceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, '来源系统用字母、数字、点、横线，最多 40 个字符')

/** How the rows of a file become rows of the platform; data, kept with every batch that was imported by it. */
export const ImportMapping = z.strictObject({
  /** What is brought in, `cases`, and which kind of it: a case type. */
  target: z.string().min(1).max(40).default('cases'),
  variant: z.string().min(1).max(80),
  /** The system that the file comes from; with the key of a row it says which row this is, once and for all. */
  source: SourceName,
  file: z
    .strictObject({
      /** Of a workbook; the first one when absent. */
      sheet: z.string().max(100).optional(),
      encoding: z.enum(['auto', 'utf-8', 'gb18030']).default('auto'),
      delimiter: z.enum([',', ';', '\t']).default(','),
      /** The line that names the columns. */
      headerRow: z.int().min(1).max(20).default(1),
    })
    .prefault({}),
  /** Of times that have no offset of their own, an IANA name. */
  timeZone: z.string().max(60).refine(isZone, '没有这个时区，例如 Asia/Shanghai').default('Asia/Shanghai'),
  fields: z.record(z.string().regex(/^[A-Za-z]{1,40}$/, '不是有效的字段名'), FieldSource),
  /** What the target lets one choose, by its own keys. */
  options: z.record(z.string().regex(/^[A-Za-z]{1,40}$/), z.string().max(100)).default({}),
})
export type ImportMapping = z.infer<typeof ImportMapping>

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
