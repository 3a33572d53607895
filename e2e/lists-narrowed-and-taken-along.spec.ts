import { readFile } from 'node:fs/promises'
import { readSheet } from '@linli/exchange/testing'
import { expect } from 'vitest'
import { fileAppeal } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { nextWorkingMorning } from './support/test-clock.ts'
import { phone } from './support/town.ts'
import { openWall } from './support/wall.ts'

const oldEstate = '510131001002'

test('a dispatcher narrows her list choice by choice, keeps it as a view, copies it and takes it along: four times the same rows', async ({
  town,
}) => {
  await town.moveClock(nextWorkingMorning(await town.now()))
  const ours = [
    await fileAppeal(town.url, { detail: '老楼改造：老楼水表箱没有盖。', areaCode: oldEstate }),
    await fileAppeal(town.url, { detail: '老楼改造：老楼楼道灯常亮。', areaCode: oldEstate }),
  ]
  const elsewhere = town.demo.logins.find((one) => one.role === 'communityWorker' && one.areaCode !== oldEstate)!
  await fileAppeal(town.url, { detail: '老楼改造：别的社区的事。', areaCode: elsewhere.areaCode })
  const { page, context } = await town.openWorkbench('dispatcher', { path: 'list?q=老楼改造' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const numbers = async () => (await page.locator('.dk-table tbody tr[data-id] .wb-cell-title .dk-meta').allInnerTexts()).sort()
  await expect.poll(async () => (await numbers()).length).toBe(3)

  await page.getByRole('button', { name: '筛选', exact: true }).click()
  const filters = page.getByRole('group', { name: '筛选', exact: true })
  await filters.getByRole('combobox', { name: '地方，第 1 级' }).selectOption({ label: '朝阳社区' })
  await expect.poll(numbers).toEqual(ours.map((one) => one.number).sort())
  await filters.getByLabel('来源').selectOption({ label: '居民端' })
  await page.waitForURL((url) => url.searchParams.get('channel') === 'app' && url.searchParams.has('area'))
  const chips = page.getByRole('group', { name: '现在的筛选' })
  await chips.getByRole('button', { name: '去掉筛选 地方：朝阳社区' }).waitFor()
  await expectAccessible(page, 'a list with its filters open')
  await picture(page, 'filters')
  await expectNoSidewaysScroll(page, 'a list with its filters open')

  // The first row by the keyboard, then all that are here; both copies can be pasted into a sheet.
  await page.locator('.dk-table tbody tr[tabindex="0"]').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('c')
  await page.getByText('已复制 1 行').waitFor()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('c')
  await page.getByText('已复制 2 行').waitFor()
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t'))
  expect(copied.length).toBe(3)
  expect(copied.every((line) => line.length === copied[0]?.length)).toBe(true)

  const views = page.getByRole('group', { name: '常用视图' })
  await views.getByRole('button', { name: '存为常用视图' }).click()
  await page.keyboard.type('老楼居民端')
  await page.keyboard.press('Enter')
  await views.getByRole('button', { name: '老楼居民端', exact: true }).waitFor()
  await page.goto('/workbench/list')
  await views.getByRole('button', { name: '老楼居民端', exact: true }).click()
  await chips.getByRole('button', { name: '去掉筛选 来源：居民端' }).waitFor()
  await expect.poll(numbers).toEqual(ours.map((one) => one.number).sort())

  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('dialog').getByLabel('用途').fill('老楼例会核对')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByRole('link', { name: '去下载中心' }).click()
  const item = page.getByRole('listitem').filter({ hasText: '老楼例会核对' })
  await item.getByText('已完成').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), item.getByRole('link', { name: /^下载 / }).click()])
  const { rows } = readSheet(await readFile(await download.path()))
  const exported = rows.flatMap((row) => (/^\d{8}-\d+$/.test(String(row[0])) ? [String(row[0])] : []))
  expect(exported.sort()).toEqual(ours.map((one) => one.number).sort())
})

test('a list that finds nothing says which filter to take off, on a phone too, and a column once chosen is there the next day', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('dispatcher', { path: 'list?channel=hotline&from=2026-01-01&stage=closed' })
  await page.getByText('没有符合条件的').waitFor()
  await expectAccessible(page, 'a list that finds nothing')
  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page, 'a list that finds nothing, on a phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: '去掉“来源：12345 热线”' }).click()
  await page.waitForURL((url) => !url.searchParams.has('channel') && url.searchParams.get('stage') === 'closed')

  await page.getByRole('button', { name: '显示', exact: true }).click()
  await page.getByRole('checkbox', { name: '受理时间' }).check()
  await page.keyboard.press('Escape')
  await page.reload()
  await page.getByRole('columnheader', { name: '受理时间' }).waitFor()
})

test('somebody who opened a wall and went away closes it from the desk', async ({ town }) => {
  const { page: wall, watch } = await openWall(town, 'county-dispatcher')
  watch.allow(401)
  const { page } = await town.openWorkbench('county-dispatcher', { path: 'list' })
  await page.locator('.wb-user').click()
  await page.getByRole('menuitem', { name: '我打开的大屏' }).click()
  const dialog = page.getByRole('dialog', { name: '我打开的大屏' })
  await dialog.getByText('蒲江县').first().waitFor()
  await expectAccessible(page, 'own walls')
  await dialog.getByRole('button', { name: /^全部关闭/ }).click()
  await dialog.getByText('没有开着的大屏').waitFor()
  await wall.getByText('这块屏的登录到期或被关闭了').waitFor()
})
