import { type RunningDesk, runDesk } from '@linli/tools/desk'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { closeAppeal } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { caseOf, openCase } from './support/desk-acts.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { desk as deskSize } from './support/town.ts'

let desk: RunningDesk
beforeAll(async () => {
  const { url, deskPort } = inject('journeyPlatform')
  desk = await runDesk({ origin: new URL(url).origin, port: deskPort })
})
afterAll(() => desk?.stop())

/** The keys that a clerk presses to have something done; what is typed into a line, and Tab and arrows within it, is that line. */
function countKeys(page: Page): { press(key: string): Promise<void>; count(): number } {
  let count = 0
  return {
    async press(key) {
      count += 1
      await page.keyboard.press(key)
    },
    count: () => count,
  }
}

/** Types the six digits of the bridge's window, once for this browser. */
async function connect(page: Page): Promise<void> {
  await page.getByRole('button', { name: '连接本机设备' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(desk.pairingCode())
  await page.keyboard.press('Enter')
  await page.getByText('打印机 就绪').waitFor()
}

const filed = (page: Page) => page.getByRole('heading', { name: /^登记好了/ })
const numberOn = async (page: Page): Promise<string> => /\d{8}-\d{6,}/.exec(await filed(page).innerText())![0]
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')
const lastPaper = async () => (await desk.papers()).at(-1)!

test('from her home a community worker takes in an appeal in four keys, card to paper; without a phone its code asks and rates [SERV-06] (one counter, without the ticket queue) [ACC-04]', async ({
  town,
}) => {
  await desk.setReader({ state: 'card' })
  await desk.setPrinter('ready')
  const { page } = await town.openWorkbench('community', { path: 'intake' })
  await connect(page)
  await page.goto('/workbench/')
  await page.locator('.wb-list, .wb-nothing').first().waitFor()
  const papers = (await desk.papers()).length

  const keys = countKeys(page)
  await keys.press('F2')
  await expect.poll(() => focused(page)).toBe('intake-detail')
  await keys.press('F2')
  await page.getByText('读卡成功').waitFor()
  expect(await page.getByLabel('姓名（可不留）').inputValue()).toBe('陈秀英')
  expect(await page.locator('main').innerText()).toMatch(/2\*{13}\d{3}[\dX]/)
  expect(await page.content()).not.toMatch(/2399995103|239999195/)
  await expect.poll(() => focused(page)).toBe('intake-detail')
  await page.keyboard.type('三单元门口的台阶缺了一块，老人容易绊倒。')
  await picture(page, 'counter')
  await keys.press('F10')
  await page.getByText('回执打好了。').waitFor()
  expect(keys.count()).toBeLessThanOrEqual(4)
  await picture(page, 'counter-receipt')

  const number = await numberOn(page)
  expect(await desk.papers()).toHaveLength(papers + 1)
  const paper = await lastPaper()
  expect(paper.large).toEqual(['受理回执', number, expect.stringMatching(/^(\d{4} ){3}\d{4}$/)])
  expect(paper.qr).toEqual([`${new URL(town.url).origin}/resident/progress/${number}`])
  expect(paper.text).toMatch(/三单元门口的台阶缺了一块/)
  expect(paper.text).toMatch(/电话 +\d{7,}/)
  expect(paper.text).not.toContain('陈')
  await expectAccessible(page, 'the counter after filing')

  // No phone was given: the last four of the code are the key.
  const code = paper.large[2]!.replaceAll(' ', '')
  const { page: resident } = await town.openResident()
  await resident.goto(paper.qr[0]!)
  await resident.getByLabel('后四位').fill(code.slice(-4))
  await resident.keyboard.press('Enter')
  await resident.getByText('三单元门口的台阶缺了一块').first().waitFor()
  await closeAppeal(town, number, '台阶补好了。')
  const rated = await fetch(`${town.url}/api/v1/public/ratings/${code}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requestId: crypto.randomUUID(), score: 5 }),
  })
  expect(rated.status).toBe(201)
})

test('the same window takes a grid event and a call-out in four keys, and an appeal for somebody who did not come [SERV-06] (any item without switching) [ACC-04] (entry on behalf)', async ({
  town,
}) => {
  await desk.setReader({ state: 'card' })
  await desk.setPrinter('ready')
  const { page } = await town.openWorkbench('community', { path: 'intake' })
  await connect(page)
  for (const [word, option, words] of [
    ['安全隐患', /网格事件/, '电动车在楼道里充电，线从五楼拖下来。'],
    ['吹哨', /吹哨报到/, '车棚、管线、围墙挤在一处，一家拆不了。'],
  ] as const) {
    await page.goto('/workbench/')
    await page.locator('.wb-list, .wb-nothing').first().waitFor()
    const keys = countKeys(page)
    await keys.press('F2')
    await expect.poll(() => focused(page)).toBe('intake-detail')
    await keys.press('F4')
    await expect.poll(() => focused(page)).toBe('intake-matter')
    await page.keyboard.type(word)
    await page.getByRole('option', { name: option }).first().waitFor()
    await keys.press('Enter')
    await expect.poll(() => focused(page)).toBe('intake-detail')
    await page.keyboard.type(words)
    await page.keyboard.press('Tab')
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown')
    await keys.press('F10')
    await page.getByText('回执打好了。').waitFor()
    expect(keys.count()).toBeLessThanOrEqual(4)
    expect((await lastPaper()).large[1]).toBe(await numberOn(page))
  }

  await page.keyboard.press('F10')
  await expect.poll(() => focused(page)).toBe('intake-detail')
  await page.keyboard.press('F6')
  // Whoever stands there lays down their own card.
  await page.keyboard.press('F2')
  await page.getByText('读卡成功').waitFor()
  expect(await page.getByLabel('代办人姓名').inputValue()).toBe('陈秀英')
  await page.keyboard.press('Alt+1')
  await page.getByLabel('替谁办（姓名）').fill('周老太')
  await page.getByLabel('代办人是他的').selectOption({ label: '子女' })
  await page
    .locator('#intake-files')
    .setInputFiles({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') })
  await page.getByText('paper.pdf').waitFor()
  await page.locator('#intake-detail').fill('母亲想申请家门口装扶手。')
  await expectAccessible(page, 'the counter with an agent')
  await page.keyboard.press('F10')
  await page.getByText('回执打好了。').waitFor()
  const number = await numberOn(page)
  const { items } = await (await town.api('community')).get<{ items: { caseId: string }[] }>(`/cases?q=${number}`)
  await openCase(page, items[0]!.caseId)
  await caseOf(page).getByText('周*太').first().waitFor()
  expect(await caseOf(page).innerText()).toMatch(/陈\*英 代办，子女/)
  expect(await caseOf(page).locator('.wb-pictures a').count()).toBe(1)
})

test('reader unplugged, paper out: the clerk goes on by hand, and a paper that did not come out is no copy; a reprint says 副本', async ({
  town,
}) => {
  await desk.setReader({ state: 'unplugged' })
  await desk.setPrinter('paperOut')
  const { page } = await town.openWorkbench('community', { path: 'intake' })
  await page.getByRole('button', { name: '连接本机设备' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(desk.pairingCode())
  await page.keyboard.press('Enter')
  await page.getByText('读卡器 没有接上').waitFor()
  await page.getByText('打印机 缺纸').waitFor()
  await page.keyboard.press('F2')
  await page.getByText('读卡器没有接上，请查看连接线').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name')
  await page.keyboard.type('王大爷')
  await page.locator('#intake-detail').fill('楼顶太阳能漏水，滴到阳台上。')
  await expectAccessible(page, 'the counter with a reader unplugged')
  const papers = (await desk.papers()).length
  await page.keyboard.press('F10')
  await page.getByText('打印机缺纸，这一张没有打出来').waitFor()
  expect(await desk.papers()).toHaveLength(papers)
  await desk.setPrinter('ready')
  await page.keyboard.press('F9')
  await page.getByText('回执打好了。').waitFor()
  expect((await lastPaper()).text).not.toContain('副本')
  const number = await numberOn(page)

  // Somebody comes back without it.
  const { items } = await (await town.api('community')).get<{ items: { caseId: string }[] }>(`/cases?q=${number}`)
  await openCase(page, items[0]!.caseId)
  await page.getByRole('button', { name: '补打回执（副本）' }).click()
  const dialog = page.getByRole('dialog', { name: '补打回执（副本）' })
  await dialog.getByLabel('为什么补打').fill('居民丢了原件')
  await expectAccessible(page, 'the dialog of a copy')
  await page.keyboard.press('F9')
  await dialog.getByText('回执打好了。').waitFor()
  expect((await lastPaper()).large).toContain('（副本 1）')
  const audit = await (await town.api('audit-admin')).get<{ items: { subjectId: string; purpose: string | null }[] }>(
    '/audit?action=cases.print_receipt',
  )
  expect(audit.items.filter(({ subjectId }) => subjectId === items[0]!.caseId).map(({ purpose }) => purpose)).toContain('居民丢了原件')
})

test('without any device the browser prints, and the counter reads well at 320 px and in English', async ({ town }) => {
  const { page } = await town.openWorkbench('community', { path: 'intake', lang: 'en', size: deskSize })
  await page.getByText('No reader or printer connected').waitFor()
  await page.evaluate(() => {
    globalThis.print = () => document.documentElement.setAttribute('data-printed', '1')
  })
  await page.locator('#intake-detail').fill('The lamp at entrance 3 has been out since Monday.')
  await picture(page, 'counter-en')
  await page.keyboard.press('F10')
  await page.locator('html[data-printed]').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.wb-paper').isVisible()).toBe(true)
  expect(await page.locator('.wb-fkeys, .wb-rail, .wb-top').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)).toBe(0)
  await page.emulateMedia({ media: null })
  await page.keyboard.press('F10')
  await page.locator('#intake-matter').waitFor()
  expect(await findChinese(page, await collectData(town.url, await town.api('community')))).toEqual([])
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'the counter at 320')
  await expectAccessible(page, 'the counter at 320')
})

test('on a slow line a word is typed before the list of matters has come: it is looked up when it comes', async ({ town }) => {
  const { page } = await town.openWorkbench('community', { path: 'inbox' })
  let bring = () => {}
  const brought = new Promise<void>((resolve) => {
    bring = resolve
  })
  await page.route(/\/api\/v1\/(public\/)?categories/, async (route) => {
    await brought
    await route.continue()
  })
  await page.goto('/workbench/intake')
  await page.getByRole('combobox', { name: '要办什么' }).fill('安全隐患')
  await page.getByRole('option', { name: '没有找到' }).waitFor()
  bring()
  await page
    .getByRole('option', { name: /安全隐患/ })
    .first()
    .click()
})
