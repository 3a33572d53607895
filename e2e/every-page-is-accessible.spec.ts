import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { dispatchAppeal, fileAppeal, findCase } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { alarmOf, endAlarms, sendAs } from './support/device.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import type { Seat } from './support/seat.ts'
import { desk, type JourneyTown, type Language, phone } from './support/town.ts'

const oldEstate = '510131001002'
const narrow = { width: 320, height: 700 }
const languages: Language[] = ['zh-CN', 'en']

/** `%case` is a matter known to the device or the desk. */
const residentPages = [
  '',
  'report',
  'report?step=2',
  'report?step=6',
  'progress',
  'progress/%case',
  'ratings',
  'mine',
  'privacy',
  'reach',
  'call',
  'sign-in',
  'file',
  'no-such-page',
]
const deskPages: Record<string, string[]> = {
  dispatcher: [
    'queue?tab=all',
    'list',
    'list?kind=assistance',
    'cases/%case',
    'intake',
    'request',
    'duties',
    'topics',
    'messages',
    'exports',
    'imports',
    'no-such-page',
  ],
  'housing-clerk': ['list', 'cases/%case', 'request', 'duties?standing=withdrawn'],
  community: ['persons', 'devices?kind=smoke', 'alarms', 'quarantine'],
  village: ['cells', 'handovers', 'deputies'],
  'system-admin': ['people', 'roles', 'scenes', 'deliveries'],
  'audit-admin': ['audit'],
  'security-admin': ['audit', 'exports'],
}

for (const elder of [false, true]) {
  for (const lang of languages) {
    test(`every resident page passes axe and needs no sideways scrolling, ${elder ? 'elder' : 'normal'} display, ${lang} [ACC-02] (WCAG, automated)`, async ({
      town,
    }) => {
      const seat = await town.openResident({ elder, lang })
      const { number, tail } = await fileAppeal(town.url, { detail: '楼道灯坏了两盏，晚上看不见。', areaCode: oldEstate })
      await chooseHome(seat.page, town)
      const { holder } = (await (await fetch(`${town.url}/api/v1/public/cases/${number}?tail=${tail}`)).json()) as { holder: string }
      const data = [...(await collectData(town.url, await town.api('dispatcher'))), holder]
      for (const path of residentPages) {
        await open(seat.page, `/resident/${path.replace('%case', number)}${path.includes('%case') ? `?tail=${tail}` : ''}`)
        const where = `/${path} ${lang}${elder ? ' elder' : ''}`
        await checkPage(seat, where, [phone, narrow, desk])
        if (lang === 'en') expect(await findChinese(seat.page, data), where).toEqual([])
        if (lang === 'en' && !elder && path === 'report') await picture(seat.page, 'report-en')
      }
    })
  }
}

for (const [account, paths] of Object.entries(deskPages)) {
  for (const lang of languages) {
    test(`every workbench page of ${account} passes axe and needs no sideways scrolling, ${lang} [ACC-02] (WCAG, automated)`, async ({
      town,
    }) => {
      const { number } = await fileAppeal(town.url, { detail: '楼道灯坏了两盏，晚上看不见。', areaCode: oldEstate })
      const caseId = await (account === 'housing-clerk' ? dispatchAppeal(town, number) : findCase(await town.api('dispatcher'), number))
      const data = await collectData(town.url, await town.api('dispatcher'))
      const addresses = paths.map((path) => path.replace('%case', caseId))
      const seat = await town.openWorkbench(account, { lang, path: addresses[0]! })
      for (const path of addresses) {
        await open(seat.page, `/workbench/${path}`)
        const where = `${account} /${path} ${lang}`
        await checkPage(seat, where, [desk, phone, narrow])
        if (lang === 'en') expect(await findChinese(seat.page, data), where).toEqual([])
        if (lang === 'en' && path === 'queue?tab=all') await picture(seat.page, 'queue-en')
      }
    })
  }
}

/** Below `/grid/`; `%alarm` is one that is open. */
const gridPages = ['', 'alarms/%alarm', 'me', 'no-such-page']

for (const lang of languages) {
  test(`every page of the grid portal passes axe and needs no sideways scrolling, ${lang} [ACC-02] (WCAG, automated)`, async ({ town }) => {
    await endAlarms(await town.api('grid'))
    await sendAs(town.demo, 'WB-0001', { sos: 1 })
    const { episodeId } = await alarmOf(await town.api('grid'), 'WB-0001')
    const data = [...(await collectData(town.url, await town.api('dispatcher'))), '呼救手环']
    const seat = await town.openGrid('grid', { lang })
    for (const path of gridPages) {
      await open(seat.page, `/grid/${path.replace('%alarm', episodeId)}`)
      const where = `grid /${path} ${lang}`
      await checkPage(seat, where, [phone, narrow, desk])
      if (lang === 'en') expect(await findChinese(seat.page, data), where).toEqual([])
    }
    await endAlarms(await town.api('grid'))
  })
}

for (const lang of languages) {
  test(`the sign-in page passes axe and needs no sideways scrolling, ${lang} [ACC-02] (WCAG, automated)`, async ({ town }) => {
    const { page } = await town.openBrowser('stranger', { viewport: desk })
    await open(page, `/workbench/sign-in?lang=${lang}`)
    await checkPage({ page }, `/sign-in ${lang}`, [desk, phone, narrow])
    if (lang === 'en') expect(await findChinese(page, await collectData(town.url, await town.api('dispatcher'))), 'sign-in').toEqual([])
  })
}

test('the first thing to do on a page can be reached and done from the keyboard alone [ACC-02] (keyboard)', async ({ town }) => {
  const { page } = await town.openResident()
  await chooseHome(page, town)
  for (const [path, action] of [
    ['', '.hero'],
    ['report', 'button[type=submit]'],
    ['progress', 'button[type=submit]'],
    ['mine', 'button[type=submit]'],
    ['call', 'a[href^="tel:"]'],
  ] as const) {
    await open(page, `/resident/${path}`)
    expect(await tabTo(page, action), `/resident/${path}`).toBe(true)
  }
  const desks = [
    ['dispatcher', 'queue?tab=accept', '.dk-button-primary'],
    ['dispatcher', 'intake', 'button[type=submit]'],
    ['housing-clerk', 'list', 'tbody tr'],
    ['system-admin', 'people', '.dk-button-primary'],
    ['system-admin', 'scenes', '.dk-button-primary'],
    ['audit-admin', 'audit', '.dk-button-primary'],
  ] as const
  for (const [account, path, action] of desks) {
    const { page: work } = await town.openWorkbench(account, { path })
    await work.locator(action).first().waitFor()
    expect(await tabTo(work, action), `${account} /${path}`).toBe(true)
  }
})

test('every page carries its content security policy, also when only its head is asked for', async ({ town }) => {
  for (const path of [
    '/',
    '/resident/',
    '/resident/report',
    '/grid/',
    '/grid/me',
    '/workbench/',
    '/workbench/queue',
    '/workbench/sign-in',
  ]) {
    const response = await fetch(`${town.url}${path}`, { method: 'HEAD' })
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(response.status, path).toBe(200)
    expect(policy, path).toContain("default-src 'self'")
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
  }
})

/** axe at the first size; at every size, and with text twice as large, nothing is wider than the window. */
async function checkPage({ page }: Pick<Seat, 'page'>, where: string, sizes: readonly { width: number; height: number }[]): Promise<void> {
  await expectAccessible(page, where)
  for (const size of sizes) {
    await page.setViewportSize(size)
    await expectNoSidewaysScroll(page, `${where} at ${size.width} px`)
  }
  await page.setViewportSize(sizes[0]!)
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  await expectNoSidewaysScroll(page, `${where} with text of 200 %`)
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
}

async function open(page: Page, path: string): Promise<void> {
  if (!page.url().endsWith(path)) await page.goto(path)
  await page.locator('main').getByText(/\p{L}/u).first().waitFor()
  await page
    .locator('.wb-waiting')
    .or(page.getByText(/^(正在打开…|Opening…)$/))
    .first()
    .waitFor({ state: 'hidden' })
}

/** The community of this device, as if it had been chosen before. */
async function chooseHome(page: Page, town: JourneyTown): Promise<void> {
  const { items } = (await (await fetch(`${town.url}/api/v1/public/areas?code=${oldEstate}`)).json()) as {
    items: { areaId: string; code: string; name: string }[]
  }
  const [area] = items
  await page.evaluate((chosen) => localStorage.setItem('linli.area', JSON.stringify(chosen)), {
    areaId: area!.areaId,
    code: area!.code,
    name: area!.name,
  })
}

/** True when Tab gets to it, and it shows that it has the focus. */
async function tabTo(page: Page, selector: string): Promise<boolean> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate((wanted) => {
      const at = document.activeElement
      if (!at?.matches(wanted)) return false
      const { outlineStyle, boxShadow } = getComputedStyle(at)
      return outlineStyle !== 'none' || boxShadow !== 'none'
    }, selector)
    if (found) return true
  }
  return false
}
