import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { alarmOf, endAlarms, sendAs } from './support/device.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { phone } from './support/town.ts'
import { openWall, panelOf } from './support/wall.ts'

/** Nothing but the platform answers; whatever else a page asks for is written down. */
async function cutTheInternet(page: Page, platform: string): Promise<string[]> {
  const asked: string[] = []
  await page.context().route(/.*/, (route) => {
    const url = route.request().url()
    if (/^(data|blob):/.test(url) || new URL(url).origin === new URL(platform).origin) return route.fallback()
    asked.push(url)
    return route.abort()
  })
  return asked
}

test('a wristband is pressed: within three seconds it stands on the map of the wall and on the list beside it, without internet and without a name or a dwelling', async ({
  town,
}) => {
  const dispatcher = await town.api('dispatcher')
  await endAlarms(dispatcher)
  let asked: string[] = []
  const { page } = await openWall(town, 'dispatcher', {
    prepare: async (one) => {
      asked = await cutTheInternet(one, town.url)
    },
  })
  await panelOf(page, 'alarms').getByText('没有正在处置的告警').waitFor()
  await page.locator('.mp-frame canvas').first().waitFor()

  await sendAs(town.demo, 'WB-0001', { sos: 1 })
  const acknowledgedAt = Date.now()
  const { episodeId, number } = await alarmOf(dispatcher, 'WB-0001')
  const mark = page.locator(`.mp-mark[data-marks~="${episodeId}"]`)
  const line = panelOf(page, 'alarms').locator(`[data-alarm="${number}"]`)
  await Promise.all([mark.waitFor(), line.waitFor()])
  expect(Date.now() - acknowledgedAt).toBeLessThan(3_000)
  await picture(page, 'wall-alarm')

  // What it is, how urgent and where are words on the mark, not only a color and a shape.
  expect(await mark.getAttribute('aria-label')).toMatch(/红色.*一键求助.*农机厂宿舍 11 号楼.*没人接/)
  await expectAccessible(page, 'an alarm on the wall')
  // By keyboard alone from the mark to its facts and back.
  await mark.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('农机厂宿舍 11 号楼').waitFor()
  await expectAccessible(page, 'an alarm opened on the wall')
  expect(await page.content()).not.toMatch(/单元|501/)
  await page.keyboard.press('Escape')

  await dispatcher.post(`/episodes/${episodeId}/moves/settle`, { requestId: randomUUID(), outcome: 'TEST', text: '演练' })
  await mark.waitFor({ state: 'detached' })
  await panelOf(page, 'alarms')
    .getByText(/今日已了结 \d+ 起/)
    .waitFor()
  expect(asked).toEqual([])
})

test('at the desk the map stands beside the list: a mark opens its alarm, several at one place open as a list, and it fits a phone in either language', async ({
  town,
}) => {
  const dispatcher = await town.api('dispatcher')
  await endAlarms(dispatcher)
  for (const [code, values] of [
    ['WB-0001', { sos: 1 }],
    ['SM-0001', { smoke: 1 }],
  ] as const)
    await sendAs(town.demo, code, values)
  const [call, smoke] = [await alarmOf(dispatcher, 'WB-0001'), await alarmOf(dispatcher, 'SM-0001')]
  const { page } = await town.openWorkbench('dispatcher', { path: 'alarms' })
  await page.getByRole('link', { name: '在地图上看' }).click()
  const map = page.getByRole('region', { name: '告警在哪里' })
  // From the township's whole map both stand at one place.
  const both = map.locator(`.mp-mark[data-marks~="${call.episodeId}"][data-marks~="${smoke.episodeId}"]`)
  await both.click()
  await map
    .getByRole('button', { name: /一键求助/ })
    .last()
    .click()
  await page.getByRole('region', { name: `告警 ${call.number}` }).waitFor()
  expect(new URL(page.url()).searchParams.get('alarm')).toBe(call.episodeId)
  await expectAccessible(page, 'the map at the desk')

  // Down to the community they stand apart, each at its building.
  await map.getByRole('combobox', { name: '往下看一级…' }).selectOption({ label: '朝阳社区' })
  const alone = map.locator(`.mp-mark[data-marks="${smoke.episodeId}"]`)
  await alone.click()
  await page.getByRole('region', { name: `告警 ${smoke.number}` }).waitFor()
  await picture(page, 'alarm-map')

  await page.goto('/workbench/alarms?view=map&lang=en')
  await page.locator('.mp-mark').first().waitFor()
  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page, 'the map on a phone')
  await expectAccessible(page, 'the map on a phone')
  expect(await findChinese(page, await collectData(town.url, dispatcher))).toEqual([])
  await endAlarms(dispatcher)
})
