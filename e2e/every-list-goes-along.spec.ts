import { readFile } from 'node:fs/promises'
import { readSheet } from '@linli/exchange/testing'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { nextWorkingMorning } from './support/test-clock.ts'
import { desk, type JourneyTown } from './support/town.ts'

/** A wide page and the narrowest: nothing that axe finds, nothing wider than its window. */
async function checkList(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where)
  await page.setViewportSize({ width: 320, height: 700 })
  await expectNoSidewaysScroll(page, `${where}, 320 px wide`)
  await page.setViewportSize(desk)
}

/** From the button over the list to the opened file: its rows below the watermark, heads first. */
async function takeAlong(page: Page, purpose: string): Promise<string[][]> {
  await page.getByRole('button', { name: '导出', exact: true }).click()
  await page.getByRole('dialog').getByLabel('用途').fill(purpose)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByRole('link', { name: '去下载中心' }).click()
  const item = page.getByRole('listitem').filter({ hasText: purpose })
  await item.getByText('已完成').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), item.getByRole('link', { name: /^下载 / }).click()])
  return readSheet(await readFile(await download.path())).rows.slice(1)
}

const keepAs = async (page: Page, name: string): Promise<void> => {
  const views = page.getByRole('group', { name: '常用视图' })
  await views.getByRole('button', { name: '存为常用视图' }).click()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await views.getByRole('button', { name, exact: true }).waitFor()
}
const byDay = async (town: JourneyTown): Promise<void> => town.moveClock(nextWorkingMorning(await town.now()))

test('a community worker narrows residents to those who live alone, keeps that as a view, copies and takes along what the page shows, masked [SEC-01] (masked in exports)', async ({
  town,
}) => {
  await byDay(town)
  const { page, context } = await town.openWorkbench('community', { path: 'persons' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('combobox', { name: '关爱对象' }).selectOption({ label: '独居老人' })
  await page.getByRole('button', { name: '去掉筛选 关爱对象：独居老人' }).waitFor()
  await page
    .getByRole('cell', { name: /独居老人/ })
    .first()
    .waitFor()
  await checkList(page, 'residents')

  await page.locator('.dk-table tbody tr[tabindex="0"]').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('c')
  await page.getByText('已复制 1 行').waitFor()
  const [heads, row] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t'))
  expect([heads?.[0], row?.[0]]).toEqual(['姓名', expect.stringContaining('*')])

  await keepAs(page, '独居的')
  await page.goto('/workbench/persons')
  await page.getByRole('group', { name: '常用视图' }).getByRole('button', { name: '独居的', exact: true }).click()
  await page.waitForURL((url) => url.searchParams.get('careGroup') === 'elder.lives-alone')
  const file = await takeAlong(page, '春季探访安排')
  const at = (head: string) => file.slice(1).map((one) => one[file[0]!.indexOf(head)] ?? '')
  expect(at('姓名').length).toBeGreaterThan(0)
  expect(at('姓名').every((name) => name.includes('*'))).toBe(true)
  expect(at('关爱对象').every((groups) => groups.includes('独居老人'))).toBe(true)
  expect(JSON.stringify(file)).not.toMatch(/1999999\d{4}|239999\d{12}/)
})

test('a dispatcher narrows the ledger of devices, and what finds nothing says what to take off; the alarms are taken along as they are listed', async ({
  town,
}) => {
  await byDay(town)
  const { page } = await town.openWorkbench('dispatcher', { path: 'devices' })
  await page.getByRole('combobox', { name: '种类' }).selectOption({ label: '楼道烟感' })
  await page.getByRole('button', { name: '去掉筛选 种类：楼道烟感' }).waitFor()
  await checkList(page, 'the ledger of devices')
  await keepAs(page, '烟感')
  await page.goto('/workbench/devices?kind=smoke&q=没有这样的设备')
  await page.getByText('没有符合条件的').waitFor()
  await page.getByRole('button', { name: '去掉“字词：没有这样的设备”' }).click()
  await page.waitForURL((url) => !url.searchParams.has('q') && url.searchParams.get('kind') === 'smoke')
  const file = await takeAlong(page, '烟感巡检')
  expect(file[0]?.slice(0, 3)).toEqual(['编码', '种类', '位置'])
  expect(new Set(file.slice(1).map((one) => one[1]))).toEqual(new Set(['楼道烟感']))

  await page.goto('/workbench/alarms?state=settled')
  await page.getByRole('link', { name: '已办结', exact: true }).waitFor()
  await checkList(page, 'settled alarms')
  expect((await takeAlong(page, '告警复盘'))[0]?.slice(0, 3)).toEqual(['编号', '告警', '级别'])
})

test('the system administrator takes the accounts along; the audit administrator reads that on the trail and takes its lines along [SEC-07] (exports on the trail)', async ({
  town,
}) => {
  await byDay(town)
  const { page } = await town.openWorkbench('system-admin', { path: 'people' })
  await page.getByRole('searchbox', { name: '姓名或账号' }).fill('dispatcher')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '去掉筛选 字词：dispatcher' }).waitFor()
  await checkList(page, 'accounts')
  const accounts = await takeAlong(page, '在岗人员核对')
  expect(accounts.map((row) => row[1])).toEqual(expect.arrayContaining(['账号', 'dispatcher']))

  const { page: audit } = await town.openWorkbench('audit-admin', { path: 'audit?action=exchange.done' })
  await audit.getByRole('row').filter({ hasText: '在岗人员核对' }).first().waitFor()
  await checkList(audit, 'the trail')
  const lines = await takeAlong(audit, '一季度审计抽查')
  expect(lines[0]?.slice(0, 3)).toEqual(['时间', '动作', '谁'])
  expect(lines.some((line) => line.includes('在岗人员核对'))).toBe(true)
})
