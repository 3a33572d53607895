import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { closeAppeal } from './support/api.ts'
import { findSmallTargets, findSmallText, listFunctions } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { chooseCommunity, readReceipt } from './support/resident-acts.ts'
import type { Seat } from './support/seat.ts'
import type { JourneyTown } from './support/town.ts'

/** Every page of the resident portal; `%case` stands for a matter that this device knows, `%sent` for its receipt. */
const pages = [
  '',
  'report',
  'report?step=2',
  'report?step=3',
  'report?step=4',
  'report?step=5',
  'report?step=6',
  '%sent',
  'progress',
  'progress/%case',
  'ratings',
  'mine',
  'privacy',
  'reach',
  'call',
  'no-such-page',
]

test('elder mode keeps 18 px text, 60 px targets and help at one place on every page, through links and reloads [ACC-01]', async ({
  town,
}) => {
  const seat = await residentWithMatter(town, true)
  const places = new Map<string, string>()
  const faults: string[] = []
  for (const path of pages) {
    const where = await openPage(seat, path)
    if (!(await isElder(seat.page))) faults.push(`${where}: elder mode is gone`)
    for (const text of await findSmallText(seat.page, 18)) faults.push(`${where}: text of ${text}`)
    for (const target of await findSmallTargets(seat.page, 60)) faults.push(`${where}: target of ${target}`)
    places.set(where, await placeOfHelp(seat.page))
  }
  expect(faults).toEqual([])
  expect([...new Set(places.values())], `help stands at ${JSON.stringify(Object.fromEntries(places))}`).toHaveLength(1)

  // Chosen once with a tap, without a word in the address; the device remembers.
  const { page } = await town.openResident()
  await page.getByRole('button', { name: '长辈版' }).click()
  for (const link of ['报事', '查进度', '看评价', '我的']) {
    await page.getByRole('navigation').getByRole('link', { name: link }).click()
    await page.locator('.elder-bar').waitFor()
    expect(await isElder(page)).toBe(true)
    await page.reload()
    await page.locator('.elder-bar').waitFor()
    expect(await isElder(page)).toBe(true)
    await page.getByRole('link', { name: '返回' }).click()
    await page.getByRole('navigation').getByRole('link', { name: link }).waitFor()
  }
  await page.getByRole('button', { name: '普通版' }).click()
  await page.getByRole('link', { name: /^报事/ }).waitFor()
  expect(await isElder(page)).toBe(false)
})

test('whatever can be done in the normal display can be done in elder mode [ACC-01]', async ({ town }) => {
  const normal = await everyFunction(await residentWithMatter(town, false))
  const elder = await everyFunction(await residentWithMatter(town, true))
  const missing = [...normal].filter((name) => !elder.has(name))
  // The way into a mode is the way out of the other.
  expect(missing).toEqual(['长辈版'])
  expect(elder.size).toBeGreaterThan(30)
})

test('an elder reports step by step, finds the answer and rates it [ACC-01]', async ({ town }) => {
  const { page } = await town.openResident({ elder: true })
  await chooseCommunity(page, '朝阳社区')
  await picture(page, 'elder-home')
  await page.getByRole('navigation').getByRole('link', { name: '报事' }).click()
  await page.getByRole('heading', { name: '先拍一张照片' }).waitFor()
  await page.getByRole('button', { name: /下一步/ }).click()
  await page.getByRole('heading', { name: '在哪里', exact: true }).waitFor()
  await page.getByRole('button', { name: /下一步/ }).click()
  await page.getByRole('heading', { name: '是什么事' }).waitFor()
  await page.getByRole('radio', { name: '路灯不亮' }).check()
  await picture(page, 'elder-report')
  await page.getByRole('button', { name: /下一步/ }).click()
  await page.getByRole('heading', { name: '再说一句' }).waitFor()
  // "Back" of the phone is the question before, with what was chosen.
  await page.goBack()
  await page.getByRole('radio', { name: '路灯不亮', checked: true }).waitFor()
  await page.goForward()
  await page.getByRole('button', { name: /下一步/ }).click()
  await page.getByLabel('手机号').fill('19999990075')
  await page.getByRole('button', { name: /下一步/ }).click()
  await page.getByText('路灯不亮').waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  const filed = await readReceipt(page)
  expect(filed.tail).toBe('0075')

  await page.getByRole('link', { name: '看进度' }).click()
  await closeAppeal(town, filed.number, '灯泡换了，今晚就亮。')
  await page.reload()
  await page.getByText('灯泡换了，今晚就亮。').first().waitFor()
  await picture(page, 'elder-answer')
  await page.getByRole('button', { name: /^非常.?满意$/ }).click()
  await page.getByText('您评的是：非常满意').waitFor()
})

test('a phone without a voice shows the words large, sentence by sentence, and says why [ACC-02] (reading aloud, last rung)', async ({
  town,
}) => {
  const { page } = await town.openResident({ elder: true, path: 'privacy' })
  await page.getByRole('button', { name: '读给我听' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('status').filter({ hasText: '放不出声音' }).waitFor()
  const current = dialog.locator('[aria-current=true]')
  const first = await current.innerText()
  await dialog.getByRole('button', { name: '下一句' }).click()
  await expect.poll(() => current.innerText()).not.toBe(first)
  await dialog.getByRole('button', { name: '上一句' }).click()
  await expect.poll(() => current.innerText()).toBe(first)
  expect(await dialog.locator('.reading li').count()).toBeGreaterThan(10)
  const size = await current.evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize))
  expect(size).toBeGreaterThanOrEqual(24)
})

interface ResidentWithMatter extends Seat {
  number: string
  sent: string
}

/** A device from which something was reported, with the community chosen and the matter answered. */
async function residentWithMatter(town: JourneyTown, elder: boolean): Promise<ResidentWithMatter> {
  const seat = await town.openResident({ elder, path: 'report' })
  const { page } = seat
  if (elder) await page.goto('/resident/report?step=2')
  await chooseCommunity(page, '朝阳社区')
  if (elder) await page.goto('/resident/report?step=4')
  await page.getByLabel(elder ? '再说一句' : '补一句').fill('楼道里堆了旧家具，走不过去。')
  await page.getByRole('button', { name: elder ? '就这样，直接提交' : '提交' }).click()
  const { number } = await readReceipt(page)
  const sent = new URL(page.url()).pathname.replace('/resident/', '')
  return { ...seat, number, sent }
}

async function openPage({ page, number, sent }: ResidentWithMatter, path: string): Promise<string> {
  await page.goto(`/resident/${path.replace('%case', number).replace('%sent', sent)}`)
  await page.locator('main').getByText(/\p{L}/u).first().waitFor()
  await page.getByText('正在打开…').first().waitFor({ state: 'hidden' })
  return `/${path}`
}

const isElder = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.dataset.theme === 'elder')

/** Where the help button stands in the window, and whether it stays there when the page scrolls. */
async function placeOfHelp(page: Page): Promise<string> {
  const help = page.locator('.help-btn')
  const before = await help.boundingBox()
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  const after = await help.boundingBox()
  await page.evaluate(() => scrollTo(0, 0))
  const said = (box: typeof before): string =>
    box ? `${Math.round(box.x)},${Math.round(box.y)} ${Math.round(box.width)}×${Math.round(box.height)}` : 'nowhere'
  return said(before) === said(after) ? said(before) : `${said(before)}, scrolled ${said(after)}`
}

/** Names and destinations of all that any page offers, its dialogs included. */
async function everyFunction(seat: ResidentWithMatter): Promise<Set<string>> {
  const found = new Set<string>()
  const collect = async (): Promise<void> => {
    // What a page offers is known when it has read what it shows.
    await seat.page.waitForLoadState('networkidle')
    for (const name of await listFunctions(seat.page)) found.add(name.replace(seat.number, '%case'))
  }
  for (const path of pages) {
    await openPage(seat, path)
    await collect()
    for (const opener of ['改位置', '补一句', '撤回', '清空这台手机上的记录']) {
      const button = seat.page.getByRole('button', { name: opener, exact: true })
      if (!(await button.isVisible())) continue
      await button.click()
      await collect()
      await openPage(seat, path)
    }
  }
  return found
}
