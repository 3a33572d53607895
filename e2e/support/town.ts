import type { Browser, BrowserContextOptions } from 'playwright-core'
import { type ApiClient, openApi } from './api.ts'
import { takesPictures } from './picture.ts'
import { type Demo, type JourneyPlatform, readDemo } from './platform-of-run.ts'
import type { Seat } from './seat.ts'
import { signedInState } from './sign-in.ts'
import { moveTestClock } from './test-clock.ts'
import { watchContext } from './watch-page.ts'

export const phone = { width: 390, height: 844 }
export const desk = { width: 1440, height: 900 }

export type Language = 'zh-CN' | 'en'
export interface Size {
  width: number
  height: number
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
  /** The phone of somebody who goes from door to door, signed in. */
  openGrid(account: string, options?: WorkbenchOptions): Promise<Seat>
  /** A browser that nobody has used yet. */
  openBrowser(name: string, options?: BrowserContextOptions): Promise<Seat>
  moveClock(to: Date, options?: { sessionsAge: boolean }): Promise<void>
  /** The platform's own now. */
  now(): Promise<Date>
  api(account: string): Promise<ApiClient>
}

/** Opens the town over a running platform; every browser that it opens is put down in `seats`, for whoever closes them. */
export async function openTown(browser: Browser, platform: JourneyPlatform, seats: Seat[]): Promise<JourneyTown> {
  const demo = await readDemo(platform)
  const login = (account: string): Demo['logins'][number] => {
    const found = demo.logins.find((one) => one.account === account)
    if (!found) throw new Error(`the demo town has no ${account}`)
    return found
  }
  const openBrowser: JourneyTown['openBrowser'] = async (name, options = {}) => {
    const context = await browser.newContext({
      baseURL: platform.url,
      timezoneId: 'Asia/Shanghai',
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(40_000)
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
      const seat = await openBrowser('resident', {
        viewport: size,
        hasTouch: size.width < 700,
        locale: lang,
        ...(takesPictures ? { deviceScaleFactor: 2 } : {}),
      })
      // What is a day off in a picture of a phone would puzzle whoever reads it.
      if (takesPictures) await seat.context.clock.setSystemTime(await town.now())
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
    async openGrid(account, { lang = 'zh-CN', size = phone, path = '' } = {}) {
      const storageState = await signedInState(platform, login(account), () => openBrowser(`${account} signing in`, { viewport: desk }))
      const sharp = takesPictures ? { deviceScaleFactor: 2 } : {}
      const seat = await openBrowser(account, { viewport: size, hasTouch: true, locale: lang, storageState, ...sharp })
      if (takesPictures) await seat.context.clock.setSystemTime(await town.now())
      await seat.page.goto(`/grid/${path}${lang === 'en' ? '?lang=en' : ''}`)
      await seat.page.locator('header h1').first().waitFor()
      return seat
    },
    moveClock: (to, options) => moveTestClock(platform.url, to, options),
    async now() {
      const response = await fetch(`${platform.url}/api/v1/public/ratings?days=1`)
      const { asOf } = (await response.json()) as { asOf: string }
      return new Date(asOf)
    },
    api: (account) => openApi(platform.url, login(account)),
  }
  return town
}
