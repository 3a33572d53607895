import type { BrowserContext, Page } from 'playwright-core'
import type { Watch } from './watch-page.ts'

/** A page and what was seen going wrong on it. */
export interface Seat {
  name: string
  page: Page
  context: BrowserContext
  watch: Watch
}
