import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { test as plain, inject } from 'vitest'
import { type ApiClient, openApi } from './api.ts'
import { launchBrowser } from './browser.ts'
import { type Demo, type JourneyPlatform, readDemo } from './platform-of-run.ts'
import { signedInState } from './sign-in.ts'
import { moveTestClock } from './test-clock.ts'
import { type Watch, watchContext } from './watch-page.ts'

export const phone = { width: 390, height: 844 }
export const desk = { width: 1440, height: 900 }

export type Language = 'zh-CN' | 'en'
export interface Size {
  width: number
  height: number
}

/** A page and what was seen going wrong on it. */
export interface Seat {
  page: Page
  context: BrowserContext
  watch: Watch
}

export interface ResidentOptions {
  elder?: boolean
  lang?: Language
  size?: Size
  /** Path below the portal, e.g. `report`. */
  path?: string
}

export interface WorkbenchOptions {
  lang?: Language
  size?: Size
  path?: string
}

/** The demo town as a journey meets it: people with browsers, a clock that can be moved, and the API for what happens elsewhere meanwhile. */
export interface JourneyTown extends JourneyPlatform {
  demo: Demo
  openResident(options?: ResidentOptions): Promise<Seat>
  /** Signed in with the account of the demo, through the page once a run. */
  openWorkbench(account: string, options?: WorkbenchOptions): Promise<Seat>
  /** A browser that nobody has used yet. */
  openBrowser(name: string, options?: BrowserContextOptions): Promise<Seat>
  moveClock(to: Date): Promise<void>
  /** The platform's own now. */
  now(): Promise<Date>
  api(account: string): Promise<ApiClient>
}

/** A test with a town: whatever went wrong on any of its pages fails it, and a failing one leaves pictures in `.cache/journeys`. */
export const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from its first parameter
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('town', async ({ browser, task }, { onCleanup }): Promise<JourneyTown> => {
    const platform = inject('journeyPlatform')
    const seats: (Seat & { name: string })[] = []
    onCleanup(async () => {
      const complaints = seats.flatMap(({ watch }) => watch.complaints)
      if (complaints.length > 0 || task.result?.errors?.length) await takePictures(seats, task.name)
      await Promise.all(seats.map(({ context }) => context.close()))
      if (complaints.length > 0) throw new Error(`went wrong on the pages of this journey:\n${complaints.join('\n')}`)
    })
    return openTown(browser, platform, seats)
  })

/** The town itself, for a program that is not a test (`screenshots.ts`). */
export async function openTown(browser: Browser, platform: JourneyPlatform, seats: (Seat & { name: string })[]): Promise<JourneyTown> {
  const demo = await readDemo(platform)
  const login = (account: string): Demo['logins'][number] => {
    const found = demo.logins.find((one) => one.account === account)
    if (!found) throw new Error(`the demo town has no ${account}`)
    return found
  }
  const openBrowser: JourneyTown['openBrowser'] = async (name, options = {}) => {
    const context = await browser.newContext({ baseURL: platform.url, timezoneId: 'Asia/Shanghai', locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    context.setDefaultTimeout(20_000)
    const watch = await watchContext(context, name)
    const seat = { name, context, watch, page: await context.newPage() }
    seats.push(seat)
    return seat
  }
  const town: JourneyTown = {
    ...platform,
    demo,
    openBrowser,
    async openResident({ elder = false, lang = 'zh-CN', size = phone, path = '' } = {}) {
      const seat = await openBrowser('resident', { viewport: size, hasTouch: size.width < 700, locale: lang })
      const search = new URLSearchParams({ ...(elder ? { elder: '1' } : {}), ...(lang === 'en' ? { lang } : {}) })
      await seat.page.goto(`/resident/${path}${search.size > 0 ? `?${search}` : ''}`)
      await seat.page.locator('main h1, header h1, main h2').first().waitFor()
      return seat
    },
    async openWorkbench(account, { lang = 'zh-CN', size = desk, path = '' } = {}) {
      const storageState = await signedInState(platform, login(account), () => openBrowser(`${account} signing in`, { viewport: desk }))
      const seat = await openBrowser(account, { viewport: size, locale: lang, storageState })
      await seat.page.goto(`/workbench/${path}${lang === 'en' ? `${path.includes('?') ? '&' : '?'}lang=en` : ''}`)
      await seat.page.locator('main h1, main h2, main article').first().waitFor()
      return seat
    },
    moveClock: (to) => moveTestClock(platform.url, to),
    async now() {
      const response = await fetch(`${platform.url}/api/v1/public/ratings?days=1`)
      const { asOf } = (await response.json()) as { asOf: string }
      return new Date(asOf)
    },
    api: (account) => openApi(platform.url, login(account)),
  }
  return town
}

const pictures = fileURLToPath(new URL('../../.cache/journeys/', import.meta.url))

async function takePictures(seats: readonly (Seat & { name: string })[], test: string): Promise<void> {
  await mkdir(pictures, { recursive: true })
  const file = test.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)
  for (const [index, { name, page }] of seats.entries()) {
    await page.screenshot({ path: join(pictures, `${file}-${index + 1}-${name.replace(/\W+/g, '-')}.png`), timeout: 5000 }).catch(() => {})
  }
}
