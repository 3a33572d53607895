import type { Locator, Page } from 'playwright-core'
import type { Seat } from './seat.ts'
import { signIn } from './sign-in.ts'
import type { JourneyTown, Language, Size } from './town.ts'

export const fullHd: Size = { width: 1920, height: 1080 }

interface WallOptions {
  lang?: Language
  size?: Size
  /** Where the wall reaches the platform; the platform itself when absent. */
  url?: string
  /** Before the first page is opened. */
  prepare?(page: Page): Promise<unknown>
}

/** A wall that somebody has opened with the password, everything on it read. */
export async function openWall(
  town: JourneyTown,
  account: string,
  { lang = 'zh-CN', size = fullHd, url, prepare }: WallOptions = {},
): Promise<Seat> {
  const login = town.demo.logins.find((one) => one.account === account)
  if (!login) throw new Error(`the demo town has no ${account}`)
  const seat = await town.openBrowser(`${account} at the wall`, { viewport: size, ...(url ? { baseURL: url } : {}) })
  await prepare?.(seat.page)
  await seat.page.goto(`/screen/?lang=${lang}`)
  await signIn(seat.page, login.account, login.password)
  await settled(seat.page)
  return seat
}

/** Nothing on it is unknown any more. */
export async function settled(page: Page): Promise<void> {
  await figureOf(page, 'appeal', 'open').waitFor()
  await page.locator('[data-rate="response"]').waitFor()
  await page.locator('[data-panel="latest"] li, [data-panel="latest"] .sc-none').first().waitFor()
}

export const panelOf = (page: Page, name: string): Locator => page.locator(`[data-panel="${name}"]`)
export const figureOf = (page: Page, kind: string, figure: string): Locator =>
  panelOf(page, 'now').locator(`[data-kind="${kind}"] [data-figure="${figure}"]`)

/** A number as it is printed, thousands apart. */
export async function numberIn(figure: Locator): Promise<number> {
  return Number((await figure.innerText()).replace(/[^\d]/g, ''))
}

/** How many rows the open panel holds when everything has been asked for. */
export async function countRows(page: Page): Promise<number> {
  const dialog = page.getByRole('dialog')
  const more = dialog.getByRole('button', { name: /^再看/ })
  await dialog.locator('li, .sc-note').first().waitFor()
  await dialog.getByText('正在读取…').waitFor({ state: 'hidden' })
  while (await more.isVisible()) {
    const before = await dialog.locator('li').count()
    await more.click()
    await dialog.locator('li').nth(before).waitFor()
    await dialog.getByText('正在读取…').waitFor({ state: 'hidden' })
  }
  return dialog.locator('li').count()
}
