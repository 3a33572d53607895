import type { Ctx } from '@linli/base/server'
import type { ImportMapping } from '../../contract/import-mapping.ts'
import type { ImportField, MappedValues } from '../../define/import-field.ts'
import type { RowProblem } from '../../define/row-problem.ts'
import { ExchangeError } from '../errors.ts'

/** Who imports, and into what: everything that a row is judged by. */
export interface ImportScope {
  batchId: string
  mapping: ImportMapping
  /** Path of the area that nothing may lie outside of; empty for the operator. */
  areaPath: string
}

export interface GivenRow {
  line: number
  values: MappedValues
}

/** What becomes of a row: it is new, there already, there with other content, or refused. */
export type Judged<Record> =
  | {
      outcome: 'added'
      record: Record
      /** As it would stand in lists, by field, for the preview. */
      shown: Readonly<{ [field: string]: string }>
      /** Whether what the file says of the row is what the platform works out; null where the file says nothing. */
      agrees: boolean | null
    }
  | { outcome: 'there'; agrees: boolean | null }
  | { outcome: 'changed' | 'refused'; problems: RowProblem[] }

/**
 * Something that files can be imported into: filled by the engine that owns it, wired in `apps/server`. All of it runs as the system in one
 * transaction for a piece of a file, and says by `areaPath` what lies within the scope of whoever imports.
 */
export interface Importable<Record> {
  /** `cases`. */
  readonly key: string
  readonly zh: string
  readonly en: string
  /** What whoever imports must be allowed, beside importing itself. */
  readonly permission: string
  /** The kinds of it that can be imported, each with its fields. */
  variants(): readonly ImportVariant[]
  /** What says which row of the other system this is: one field, or several together. */
  readonly keyFields: readonly [string, ...string[]]
  judge(system: Ctx, scope: ImportScope, rows: readonly GivenRow[]): Promise<Judged<Record>[]>
  write(system: Ctx, scope: ImportScope, records: readonly Record[]): Promise<void>
  /** Removes up to so many of a batch that nobody has touched since; answers how they were called. None: there are no more. */
  remove(system: Ctx, batchId: string, most: number): Promise<string[]>
  /** How those of a batch are called that are still there. */
  remaining(system: Ctx, batchId: string, most: number): Promise<string[]>
}

export interface ImportVariant {
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly fields: readonly ImportField[]
  /** Choices of the mapping beside its fields, with what is taken when nothing is said. */
  readonly options: readonly {
    readonly key: string
    readonly zh: string
    readonly en: string
    readonly usual: string
    readonly values: readonly { readonly value: string; readonly zh: string; readonly en: string }[]
  }[]
}

/** What this deployment can import, by key. */
export type Importables = ReadonlyMap<string, Importable<unknown>>

export function collectImportables(importables: readonly Importable<unknown>[]): Importables {
  return new Map(importables.map((one) => [one.key, one]))
}

/** The target of a mapping and the fields that it can fill. */
export function targetOf(
  importables: Importables,
  mapping: Pick<ImportMapping, 'target' | 'variant'>,
): { target: Importable<unknown>; variant: ImportVariant } {
  const target = importables.get(mapping.target)
  const variant = target?.variants().find(({ key }) => key === mapping.variant)
  if (target && variant) return { target, variant }
  const path = target ? 'mapping.variant' : 'mapping.target'
  throw ExchangeError('mapping_wrong', { detail: '没有这种可导入的内容', fields: [{ path, message: '没有这种可导入的内容' }] })
}
