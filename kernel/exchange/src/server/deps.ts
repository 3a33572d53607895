import type { ServeDeps } from '@linli/base/server'
import type { ExportRule } from '../define/export-rule.ts'
import type { ExportStore } from './export-store.ts'
import type { ExportableLists } from './exportable-list.ts'

/** What exports need from the rest, wired once in `apps/server`. */
export interface ExchangeDeps extends ServeDeps {
  lists: ExportableLists
  store: ExportStore
  rule: ExportRule
}
