import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fileAppeal } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { openLine } from './support/line.ts'
import { picture } from './support/picture.ts'
import { signIn } from './support/sign-in.ts'
import { nextWorkingMorning } from './support/test-clock.ts'
import { type Language, phone } from './support/town.ts'
import { countRows, figureOf, fullHd, numberIn, openWall, panelOf, settled } from './support/wall.ts'

const oldEstate = '510131001002'
const figures = ['open', 'overdue', 'dueSoon', 'paused', 'ruling', 'supervised']

const closePanel = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

test('the county leader sees the state of the county, every figure opens as many rows as it says, and the townships add up to the county [CIVIL-03] (live business) [PLAT-01] (sums)', async ({
  town,
}) => {
  const { page } = await openWall(town, 'county-lead')
  await picture(page, 'wall')
  for (const kind of ['appeal', 'event']) {
    for (const figure of figures) {
      const said = await numberIn(figureOf(page, kind, figure))
      await figureOf(page, kind, figure).click()
      expect([kind, figure, await countRows(page)]).toEqual([kind, figure, said])
      await closePanel(page)
    }
  }
  const areas = panelOf(page, 'areas')
  for (const kind of ['appeal', 'event']) {
    for (const figure of ['open', 'overdue']) {
      const cells = areas.locator(`td[data-kind="${kind}"]`).locator(`[data-figure="${figure}"]`)
      const numbers = await Promise.all((await cells.all()).map(numberIn))
      const whole = numbers.pop()
      expect(numbers.reduce((sum, part) => sum + part, 0)).toBe(whole)
      expect(whole).toBe(await numberIn(figureOf(page, kind, figure)))
    }
  }
  // Rates are never alone: volume, what is divided by what, what was left out; and how it is counted behind it.
  await page.locator('[data-rate="response"]').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('怎么算').waitFor()
  await dialog.getByText(/÷/).waitFor()
  // Each of the two opens to its own rows.
  for (const part of ['分母', '分子']) {
    const half = dialog.getByRole('button', { name: new RegExp(`^${part}`) })
    await half.click()
    await expect.poll(() => half.getAttribute('aria-pressed')).toBe('true')
    const count = Number(/\d+$/.exec(await half.innerText())![0])
    await expect.poll(() => dialog.locator('[data-case]').count()).toBe(Math.min(20, count))
  }
  await closePanel(page)
})

test('somebody goes down to a township, a community and its cells, and back up; the address remembers where', async ({ town }) => {
  const { page } = await openWall(town, 'county-lead')
  const county = await numberIn(figureOf(page, 'appeal', 'open'))
  const row = panelOf(page, 'areas').locator('tr[data-area="510131001"]')
  const inTownship = await numberIn(row.locator('[data-kind="appeal"] [data-figure="open"]'))
  await row.locator('.sc-go').click()
  await page.getByRole('heading', { level: 1, name: /鹤山街道/ }).waitFor()
  await settled(page)
  expect(await numberIn(figureOf(page, 'appeal', 'open'))).toBe(inTownship)
  expect(inTownship).toBeLessThan(county)
  await panelOf(page, 'areas').locator(`tr[data-area="${oldEstate}"]`).locator('.sc-go').click()
  await page.getByRole('heading', { level: 2, name: '各网格' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 2, name: '各网格' }).waitFor()
  await page.getByRole('navigation', { name: '所在地方' }).getByRole('button').first().click()
  await page.getByRole('heading', { level: 2, name: '各街道、乡镇' }).waitFor()
  expect(await numberIn(figureOf(page, 'appeal', 'open'))).toBe(county)
})

test('a new appeal is on the wall within five seconds, without a touch, and without a word of what the resident wrote', async ({
  town,
}) => {
  const { page } = await openWall(town, 'dispatcher')
  const before = await numberIn(figureOf(page, 'appeal', 'open'))
  const filedAt = Date.now()
  const { number } = await fileAppeal(town.url, { detail: '3号楼2单元501的王翠芬家渗水到楼下，打我电话19999990042。', areaCode: oldEstate })
  const line = panelOf(page, 'latest').locator(`[data-case="${number}"]`)
  await line.waitFor()
  expect(Date.now() - filedAt).toBeLessThan(5_000)
  expect(await line.innerText()).toContain(number)
  expect(await page.content()).not.toMatch(/19999990042|单元|王翠芬|渗水/)
  await expect.poll(() => numberIn(figureOf(page, 'appeal', 'open'))).toBe(before + 1)
})

test('a wall whose network is cut says so, turns grey after a minute, and is current again by itself', async ({ town }) => {
  const line = await openLine(town.url)
  try {
    const { page, watch } = await openWall(town, 'county-lead', { url: line.url, prepare: (one) => one.clock.install() })
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    watch.cut = true
    line.cut()
    await page.clock.fastForward(21_000)
    await page.getByText('连接断开，正在重连').waitFor()
    expect(await panelOf(page, 'now').getAttribute('data-stale')).toBeNull()
    await page.clock.fastForward(61_000)
    for (const name of ['now', 'areas', 'overdue', 'latest', 'rates-appeal'])
      await page.locator(`[data-panel="${name}"][data-stale]`).waitFor()
    await panelOf(page, 'now')
      .getByText(/停了，更新于/)
      .waitFor()
    // The figures stay to be read; they are only no longer said to be true.
    expect(await numberIn(figureOf(page, 'appeal', 'open'))).toBeGreaterThan(0)
    const { number } = await fileAppeal(town.url, { detail: '粮站家属院停水两天。', areaCode: oldEstate })

    line.mend()
    await page.clock.fastForward(16_000)
    await panelOf(page, 'latest').locator(`[data-case="${number}"]`).waitFor()
    await page.getByText('实时').waitFor()
    await page.clock.fastForward(5_000)
    await page.locator('[data-stale]').first().waitFor({ state: 'detached' })
    watch.cut = false
    expect(loads).toBe(0)
  } finally {
    await line.close()
  }
})

test('a wall that was left over night is still open in the morning, where a desk has long been signed out; after a day it asks again', async ({
  town,
}) => {
  const { page, context, watch } = await openWall(town, 'township-lead')
  const now = await town.now()
  await town.moveClock(new Date(now.getTime() + 20 * 3_600_000), { sessionsAge: true })
  await page.reload()
  await settled(page)
  // Its session opens nothing else: the desk in the same browser is signed out, and no other address answers to it.
  const asWall = { 'linli-screen': 'wall' }
  for (const path of ['/cases', '/colleagues', '/inbox', '/organizations']) {
    expect((await context.request.get(`/api/v1${path}`, { headers: asWall })).status(), path).toBe(401)
  }
  watch.allow(401)
  await town.moveClock(nextWorkingMorning(new Date(now.getTime() + 25 * 3_600_000)), { sessionsAge: true })
  await page.getByText('这块屏的登录到期或被关闭了').waitFor()
  expect(await page.locator('[data-panel]').count()).toBe(0)
})

test('who has no post for a wall is told so, and closing a wall ends its session', async ({ town }) => {
  const { page, watch } = await openWall(town, 'county-dispatcher')
  // A wall reads every few seconds: what is on its way when the session ends is refused.
  watch.allow(401)
  await page.getByRole('button', { name: '关闭大屏' }).click()
  await page.getByRole('heading', { name: '打开大屏' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: '打开大屏' }).waitFor()
  watch.allow(403)
  const clerk = town.demo.logins.find(({ account }) => account === 'housing-clerk')!
  await signIn(page, clerk.account, clerk.password)
  await page.getByRole('alert').getByText('没有能上大屏的岗位').waitFor()
})

for (const lang of ['zh-CN', 'en'] as Language[]) {
  test(`the wall and its panels pass axe, fit their screens and speak one language, ${lang} [ACC-02] (WCAG, automated)`, async ({
    town,
  }) => {
    const { page } = await openWall(town, 'county-lead', { lang })
    const { name } = await (await town.api('county-lead')).get<{ name: string }>('/me')
    // The stamps of the kinds are marks, named in the page's language.
    const data = [...(await collectData(town.url, await town.api('dispatcher'))), name, '诉', '网', '哨']
    const check = async (where: string) => {
      await expectAccessible(page, `${where} ${lang}`)
      if (lang === 'en') expect(await findChinese(page, data), where).toEqual([])
    }
    await check('wall')
    if (lang === 'en') await picture(page, 'wall-en')
    for (const size of [{ width: 3840, height: 2160 }, { width: 1366, height: 768 }, phone]) {
      await page.setViewportSize(size)
      await expectNoSidewaysScroll(page, `wall at ${size.width}`)
    }
    await page.setViewportSize(fullHd)
    // At the size it is made for nothing is below the edge.
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(fullHd.height)
    // By keyboard alone: to a figure, into its rows, and back to where one was.
    await figureOf(page, 'appeal', 'overdue').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').locator('li').first().waitFor()
    await check('rows')
    await closePanel(page)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-figure'))).toBe('overdue')
  })
}

test('the page of the wall carries its content security policy', async ({ town }) => {
  const policy = (await fetch(`${town.url}/screen/`, { method: 'HEAD' })).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
})
