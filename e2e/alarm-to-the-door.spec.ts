import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { type Alarm, alarmOf, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import { phone } from './support/town.ts'

const narrow = { width: 320, height: 700 }
const seconds = 1000

const ringing = (page: Page) => page.locator('.wb-alarm-ring[data-ringing]')
const timeline = (page: Page) => page.locator('.wb-alarm-lines')
const step = (page: Page, name: string) => page.locator('.wb-alarm-moves').getByRole('button', { name, exact: true })

test('an elder presses her wristband: duty desk and grid worker ring, somebody answers and arrives, and it stands in her file [ELDER-08] (desk, call chain, arrival, cause) [ST-23]', async ({
  town,
}) => {
  const { page: desk } = await town.openWorkbench('community', { path: 'alarms' })
  const { page: grid } = await town.openWorkbench('grid', { path: 'alarms', size: phone })
  // A browser lets no page sound before somebody has touched it.
  await desk.getByRole('button', { name: '打开响铃' }).click()
  await desk.getByText('响铃已打开').waitFor()
  await sendAs(town.demo, 'WB-0001', { sos: 1 })
  const acknowledgedAt = Date.now()
  await Promise.all([ringing(desk), ringing(grid)].map((ring) => ring.waitFor({ timeout: 12 * seconds })))
  expect(Date.now() - acknowledgedAt).toBeLessThan(3 * seconds)
  const { episodeId, number } = await alarmOf(await town.api('community'), 'WB-0001')

  await grid.locator(`a[href*="${episodeId}"]`).first().click()
  await grid.getByRole('region', { name: number }).getByText('2单元501室').waitFor()
  for (const move of ['接警', '已出发', '已到场']) await step(grid, move).click()
  await timeline(grid).getByText('到场', { exact: true }).waitFor()
  await grid.getByRole('button', { name: '看急救提示' }).click()
  await grid.getByText('高血压；每天早晚服药').waitFor()
  // The desk sees it happen, without a reload.
  await desk.locator(`a[href*="${episodeId}"]`).first().click()
  await timeline(desk).locator('li[data-kind="arrive"]').getByText('周倩').waitFor()

  await step(grid, '办结…').click()
  await grid.getByRole('radio', { name: '确有其事' }).check()
  await grid.getByLabel('情况').fill('在卫生间滑倒，已扶起，社区医生看过，无大碍。')
  await grid.getByRole('button', { name: '办结', exact: true }).click()
  await timeline(desk).locator('li[data-kind="settle"]').getByText('社区医生看过').waitFor()
  const kinds = await timeline(desk)
    .locator('li')
    .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset.kind))
  expect(kinds).toEqual(expect.arrayContaining(['raise', 'told', 'acknowledge', 'depart', 'arrive', 'settle']))

  await desk.locator('.wb-alarm').locator('a[href*="/persons/"]').click()
  const record = desk.locator('.wb-person-part').filter({ has: desk.getByRole('heading', { name: '告警记录' }) })
  const line = record.getByRole('listitem').filter({ hasText: number })
  await line.getByText('一键求助').waitFor()
  expect(await line.innerText()).toMatch(/已办结 · 确有其事[\s\S]*到场/)
})

test('nobody answers: every rung is told in its time, each attempt once [RISK-04] (acknowledge timer)', async ({ town }) => {
  const api = await town.api('community')
  await sendAs(town.demo, 'WB-0003', { sos: 1 })
  const { episodeId } = await alarmOf(api, 'WB-0003')
  const { page } = await town.openWorkbench('county-dispatcher', { path: `alarms?alarm=${episodeId}` })
  const toldBy = async (at: number): Promise<Alarm['lines']> => {
    await town.moveClock(new Date(Math.max(at, (await town.now()).getTime())))
    return (await api.get<Alarm>(`/episodes/${episodeId}`)).lines.filter(({ kind }) => kind === 'told')
  }
  let told = await toldBy(0)
  // The cell and the community twice, the township twice, then the county every five minutes; never sooner.
  for (const wait of [60, 60, 120, 120, 300]) {
    const [before, last] = [told.length, Date.parse(told.at(-1)!.at)]
    expect(await toldBy(last + (wait - 25) * seconds)).toHaveLength(before)
    told = await toldBy(last + (wait + 2) * seconds)
    expect(told).toHaveLength(before + 1)
  }
  expect(told.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 2, 1, 2])
  expect(new Set(told.map(({ rung, attempt }) => `${rung} ${attempt}`)).size).toBe(6)
  await timeline(page).locator('li[data-kind="told"]').nth(5).waitFor()
  // Whoever is on the rung has it in the inbox, too.
  for (const account of ['community', 'dispatcher', 'county-dispatcher']) {
    const { items } = await (await town.api(account)).get<{ items: { template: string }[] }>('/inbox')
    expect(items.some(({ template }) => template === 'signals.alarm')).toBe(true)
  }
  await api.post(`/episodes/${episodeId}/moves/settle`, { requestId: randomUUID(), outcome: 'TEST', text: '演练' })
})

test('smoke in a corridor: a second detector of the building raises the level, and the arrival is on record [IOT-08] (grid worker told at once, second detector, arrival time logged)', async ({
  town,
}) => {
  const { page: grid } = await town.openWorkbench('grid', { path: 'alarms', size: phone })
  await sendAs(town.demo, 'SM-0001', { smoke: 1 })
  const api = await town.api('grid')
  const first = await alarmOf(api, 'SM-0001')
  expect(first.level).toBe(2)
  await grid.locator(`a[href*="${first.episodeId}"]`).first().click()
  await grid.locator('.wb-alarm .wb-level[data-level="2"]').waitFor()
  await sendAs(town.demo, 'SM-0002', { smoke: 1 })
  await timeline(grid).getByText('级别变为红色').waitFor()
  await grid.locator('.wb-alarm .wb-level[data-level="1"]').waitFor()
  expect((await alarmOf(api, 'SM-0002')).episodeId).toBe(first.episodeId)
  await step(grid, '已到场').click()
  await timeline(grid).locator('li[data-kind="arrive"]').waitFor()
  expect((await alarmOf(api, 'SM-0001')).arrivedAt).not.toBeNull()
  for (const code of ['SM-0001', 'SM-0002']) await sendAs(town.demo, code, { smoke: 0 })
  await timeline(grid).getByText('级别变为橙色').waitFor()
  await step(grid, '办结…').click()
  await grid.getByRole('radio', { name: '误报：环境所致' }).check()
  await grid.getByLabel('情况').fill('一楼住户炒菜油烟，已开窗。')
  await grid.getByRole('button', { name: '办结', exact: true }).click()
  await timeline(grid).locator('li[data-kind="settle"]').waitFor()
})

for (const lang of ['zh-CN', 'en'] as const) {
  test(`alarms, devices and quarantine pass axe and fit 320 px, ${lang} [ACC-02] (WCAG, automated)`, async ({ town }) => {
    for (const path of ['alarms', 'devices', 'quarantine']) {
      const { page, context } = await town.openWorkbench('community', { path, lang })
      await page.locator('main h1').waitFor()
      await expectAccessible(page, `${path}, ${lang}`)
      await page.setViewportSize(narrow)
      await expectNoSidewaysScroll(page, `${path}, ${lang}`)
      await context.close()
    }
  })
}
