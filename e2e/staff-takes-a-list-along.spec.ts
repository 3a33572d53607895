import { readFile } from 'node:fs/promises'
import { readSheet } from '@linli/exchange/testing'
import { expect } from 'vitest'
import { fileAppeal } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { nextWorkingMorning } from './support/test-clock.ts'

const oldEstate = '510131001002'

test('a community worker takes her list along: says what for, sees how far it is, downloads it, and finds her name and nobody else’s cases in it [SEC-01]', async ({
  town,
}) => {
  // At night it would be held, which another journey shows.
  await town.moveClock(nextWorkingMorning(await town.now()))
  const { number } = await fileAppeal(town.url, { detail: '=1+1 自行车棚漏雨，电话 19999990007。', areaCode: oldEstate })
  const neighbor = town.demo.logins.find((one) => one.role === 'communityWorker' && one.areaCode !== oldEstate)!
  const foreign = await fileAppeal(town.url, { detail: '电梯门关得太快。', areaCode: neighbor.areaCode })
  const { page } = await town.openWorkbench('community', { path: 'list' })
  await page.getByRole('button', { name: '导出' }).click()
  const dialog = page.getByRole('dialog', { name: '导出这个列表' })
  await dialog.getByLabel('用途').waitFor()
  await page.keyboard.press('Control+Enter')
  await dialog.getByText('请写明用途').waitFor()
  await page.keyboard.type('月度例会核对')
  await expectAccessible(page, 'the export dialog')
  await page.keyboard.press('Control+Enter')
  await dialog.getByText('已开始导出').waitFor()
  await dialog.getByRole('link', { name: '去下载中心' }).click()

  const item = page.getByRole('listitem').filter({ hasText: '月度例会核对' })
  await item.getByText('已完成').waitFor()
  await expectAccessible(page, 'the download center')
  const [download] = await Promise.all([page.waitForEvent('download'), item.getByRole('link', { name: /^下载 事项列表 DC-/ }).click()])
  expect(download.suggestedFilename()).toMatch(/^事项列表-DC-\d{8}-\d{6}\.xlsx$/)
  const { rows, hasFormula, pageXml } = readSheet(await readFile(await download.path()))
  const exportNumber = /DC-\d{8}-\d{6}/.exec(download.suggestedFilename())?.[0] ?? ''
  const me = await (await town.api('community')).get<{ name: string; actingPost: { orgName: string } }>('/me')
  for (const part of [exportNumber, me.name, me.actingPost.orgName, '月度例会核对']) {
    expect(rows[0]?.[0]).toContain(part)
    expect(pageXml).toContain(part)
  }
  const own = rows.find((row) => row[0] === number)
  expect(own?.[1]).toMatch(/^=1\+1 自行车棚漏雨/)
  expect(hasFormula).toBe(false)
  expect(JSON.stringify(rows)).not.toMatch(/19999990007/)
  expect(rows.map((row) => row[0])).not.toContain(foreign.number)
  await item.getByText('已下载 1 次').waitFor()
  await picture(page, 'downloads')
})

test('an export asked for at night waits; the security administrator lets it go on, and the person sees it without reloading [SEC-07]', async ({
  town,
}) => {
  const now = await town.now()
  const night = new Date(now)
  // 23:10 in Asia/Shanghai, tonight or if that has passed tomorrow.
  night.setUTCHours(15, 10, 0, 0)
  if (night <= now) night.setUTCDate(night.getUTCDate() + 1)
  await town.moveClock(night)
  const { page } = await town.openWorkbench('community', { path: 'exports' })
  const asked = { requestId: crypto.randomUUID(), list: 'cases.list', format: 'csv', purpose: '夜里补报表', query: { status: 'open' } }
  await (await town.api('community')).post('/exports', asked)
  const item = page.getByRole('listitem').filter({ hasText: '夜里补报表' })
  await item.getByText('等待放行').waitFor()

  const { page: security } = await town.openWorkbench('security-admin', { path: 'exports' })
  const held = security.getByRole('listitem').filter({ hasText: '夜里补报表' })
  await held.getByRole('button', { name: '放行' }).click()
  await held.getByText('请写明理由').waitFor()
  await expectAccessible(security, 'a held export')
  await held.getByLabel('理由').fill('已电话核实')
  await held.getByRole('button', { name: '放行' }).click()
  await held.waitFor({ state: 'hidden' })
  await item.getByText('已完成').waitFor()
  await item.getByText('安全管理员：已电话核实').waitFor()
})

test('a filter is saved under a name, stands above the list on the next day, and is deleted', async ({ town }) => {
  const { page } = await town.openWorkbench('community', { path: 'list?q=路灯' })
  const views = page.getByRole('group', { name: '常用视图' })
  await views.getByRole('button', { name: '存为常用视图' }).click()
  await page.keyboard.type('路灯的事')
  await page.keyboard.press('Enter')
  const chip = views.getByRole('button', { name: '路灯的事', exact: true })
  await chip.waitFor()
  expect(await chip.getAttribute('aria-pressed')).toBe('true')
  await page.goto('/workbench/list')
  await chip.click()
  await page.waitForURL((url) => url.searchParams.get('q') === '路灯')
  await expectAccessible(page, 'a list with a saved view')
  await expectNoSidewaysScroll(page, 'a list with a saved view')
  await views.getByRole('button', { name: '删除视图 路灯的事' }).click()
  await chip.waitFor({ state: 'detached' })
})
