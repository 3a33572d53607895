import type { ServeDeps } from '@linli/base/server'
import type { ExportRule } from '../define/export-rule.ts'
import type { BacklogKind } from './backlog/backlog-kinds.ts'
import type { ExportStore } from './export-store.ts'
import type { ExportableLists } from './exportable-list.ts'
import type { ImportStore } from './imports/import-store.ts'
import type { Importables } from './imports/importable.ts'

/** What exports and imports need from the rest, wired once in `apps/server`. */
export interface ExchangeDeps extends ServeDeps {
  lists: ExportableLists
  importables: Importables
  /** Files that were brought to be imported. */
  imports: ImportStore
  store: ExportStore
  rule: ExportRule
  /** What may be handed in by whoever lost the right to it. */
  backlog: readonly BacklogKind[]
}
