import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './support/check-page.ts'
import { alarmOf, endAlarms, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import { arrives } from './support/phones.ts'

const timeline = (page: Page) => page.locator('.wb-alarm-lines')
const step = (page: Page, name: string) => page.locator('.wb-alarm-moves').getByRole('button', { name, exact: true })

/** As the demo town has them: 何静 of the committee and 冯涛 of the property company, and the grid worker of the cell. */
const [committee, property] = ['19999990112', '19999990106']

test('smoke in a corridor of the estate: the property company and the committee are called at once, the property clerk answers, arrives and ends it, and the timeline has it all [IOT-08] (property at once by voice) [ST-31]', async ({
  town,
}) => {
  const { phonesUrl } = town.demo
  await endAlarms(await town.api('community-2'))
  const api = await town.api('property')
  const { items } = await api.get<{ items: { code: string }[] }>('/devices?kind=smoke&limit=100')
  const code = items[0]!.code
  const { page } = await town.openWorkbench('property', {})
  await page.getByRole('link', { name: /告警/ }).first().click()
  await page.locator('.wb-alarm-ring').waitFor()
  await sendAs(town.demo, code, { smoke: 1 })
  await page.locator('.wb-alarm-ring[data-ringing]').waitFor({ timeout: 12_000 })
  const { episodeId, number } = await alarmOf(api, code)
  // Without the clock going on: at once.
  for (const phone of [property, committee]) await arrives(phonesUrl, phone, 'voice', number)
  // Whoever keeps other devices hears nothing of it.
  await expect((await town.api('housing-clerk')).get(`/episodes/${episodeId}`)).rejects.toThrow(/403|404/)

  await page.locator(`a[href*="${episodeId}"]`).first().click()
  for (const move of ['接警', '已到场']) await step(page, move).click()
  await timeline(page).locator('li[data-kind="arrive"]').getByText('冯涛').waitFor()
  await expectAccessible(page, 'an alarm at the property company')
  await sendAs(town.demo, code, { smoke: 0 })
  await step(page, '办结…').click()
  await page.getByRole('radio', { name: '确有其事' }).check()
  await page.getByLabel('情况').fill('楼道里一辆电瓶车冒烟，已断电、推到楼外，无人受伤。')
  await page.getByRole('button', { name: '办结', exact: true }).click()
  await timeline(page).locator('li[data-kind="settle"]').waitFor()
  const kinds = await timeline(page)
    .locator('li')
    .evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset.kind))
  expect(kinds).toEqual(expect.arrayContaining(['raise', 'told', 'acknowledge', 'arrive', 'settle']))
  // An elder of the same estate who calls is none of the company's.
  expect(
    (await api.get<{ items: { rule: string }[] }>('/episodes?state=all&limit=100')).items.every(
      ({ rule }) => !rule.startsWith('elderly-care'),
    ),
  ).toBe(true)
})
