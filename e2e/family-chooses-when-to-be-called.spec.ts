import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, findSmallTargets } from './support/check-page.ts'
import { alarmOf, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import { arrives, signInByCode } from './support/phones.ts'
import { phone } from './support/town.ts'

const narrow = { width: 320, height: 700 }
const son = '19999991001'
const path = '/api/v1/residents/me/message-preference'

async function choose(page: Page, way: '短信' | '电话', welcome: string): Promise<void> {
  await page.getByRole('radiogroup', { name: way, exact: true }).getByLabel(welcome, { exact: true }).check()
}
const held = async (page: Page) => (await (await page.request.get(path)).json()) as Record<string, unknown>

test('a son chooses that nothing but what is urgent rings by call, saves it, takes it back by one tap and saves again; his mother’s wristband rings him all the same [PLAT-12] (preferences of residents)', async ({
  town,
}) => {
  const { phonesUrl } = town.demo
  const { page, watch } = await town.openResident({})
  watch.allow(422)
  await page.goto('/resident/reach')
  // Before anybody signs in the page says what no choice changes.
  await page.getByText('红色、橙色告警随时通知').waitFor()
  await signInByCode(page, town, son)
  await page.getByRole('link', { name: /怎样通知我/ }).click()
  await page.getByText('红色、橙色告警随时通知').waitFor()
  const save = page.getByRole('button', { name: '存起来' })
  await save.waitFor()
  // As the demo has it: no calls at night.
  expect(await page.getByRole('radiogroup', { name: '电话', exact: true }).getByLabel('免打扰时不打').isChecked()).toBe(true)
  const before = await held(page)
  expect(await save.isDisabled()).toBe(true)

  // Hours without length are refused at the field, and nothing is written.
  await page.getByLabel('从', { exact: true }).selectOption('420')
  await save.click()
  await page.getByText('免打扰要有开始和结束，且不能相同').waitFor()
  await expectAccessible(page, 'refused hours')
  expect(await held(page)).toEqual(before)
  await page.getByLabel('从', { exact: true }).selectOption('1380')

  // By keyboard alone: to the calls, on to none, and saved.
  await page.getByRole('radiogroup', { name: '电话', exact: true }).getByLabel('免打扰时不打').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByText('改过了，还没有存').waitFor()
  await save.focus()
  await page.keyboard.press('Enter')
  await page.getByText('已经存好，马上管用').waitFor()
  expect(await held(page)).toMatchObject({ voice: 'never', sms: 'always', quietFrom: 1380 })
  await page.getByRole('button', { name: '改回原来的' }).click()
  await page.getByText('已经改回原来的').waitFor()
  expect(await held(page)).toEqual(before)
  await choose(page, '短信', '不发')
  await choose(page, '电话', '不打')
  await page.getByText('黄色、蓝色提醒只在首页看得到').waitFor()
  await save.click()
  await page.getByText('已经存好，马上管用').waitFor()
  await page.reload()
  await page.getByText('黄色、蓝色提醒只在首页看得到').waitFor()

  await sendAs(town.demo, 'WB-0001', { sos: 1 })
  const { episodeId, number } = await alarmOf(await town.api('community'), 'WB-0001')
  await arrives(phonesUrl, son, 'sms', number)
  await town.moveClock(new Date((await town.now()).getTime() + 35_000))
  await arrives(phonesUrl, son, 'voice', number)
  const grid = await town.api('grid')
  await grid.post(`/episodes/${episodeId}/moves/settle`, { requestId: randomUUID(), outcome: 'TEST', text: '演练' })

  await choose(page, '短信', '随时发')
  await choose(page, '电话', '免打扰时不打')
  await save.click()
  await page.getByText('已经存好，马上管用').waitFor()
})

test('the page about being told works in elder mode and in English, at 320 pixels and without a sideways scroll [ACC-01] (how I am told)', async ({
  town,
}) => {
  const { page } = await town.openResident({ elder: true })
  await signInByCode(page, town, '19999991002')
  for (const language of ['zh-CN', 'en']) {
    await page.goto(`/resident/reach?lang=${language}`)
    const save = page.getByRole('button', { name: language === 'en' ? 'Save' : '存起来' })
    await save.waitFor()
    // Every function is there in elder mode too.
    expect(await page.getByRole('radiogroup').count()).toBe(3)
    await choose(page, (language === 'en' ? 'Calls' : '电话') as '电话', language === 'en' ? 'Not in quiet hours' : '免打扰时不打')
    expect(await page.getByRole('combobox').count()).toBe(2)
    await expectAccessible(page, `being told, ${language}`)
    expect(await findSmallTargets(page, 60), language).toEqual([])
    await page.setViewportSize(narrow)
    await expectNoSidewaysScroll(page, `being told at 320, ${language}`)
    await page.setViewportSize(phone)
  }
})
