import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, findSmallTargets } from './support/check-page.ts'
import { alarmOf, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import { arrives, signInByCode } from './support/phones.ts'
import { phone } from './support/town.ts'

const narrow = { width: 320, height: 700 }

/** As the demo town has it: 赵桂兰, who lives alone, and the son who is bound to her. */
const [elder, son] = ['19999991000', '19999991001']

const alarms = '/api/v1/residents/me/alarms'

/** Home, once its line stands and what stood before is read; answers how often the page asked for alarms. */
async function openHome(page: Page): Promise<() => number> {
  await page.goto('about:blank')
  let asks = 0
  page.on('request', (request) => {
    if (request.method() === 'GET' && request.url().endsWith(alarms)) asks += 1
  })
  const line = page.waitForResponse((answer) => answer.url().endsWith('/residents/me/stream') && answer.ok())
  await page.goto('/resident/')
  await line
  // Once as it opens, and once as the line begins.
  await expect.poll(() => asks).toBeGreaterThan(1)
  return () => asks
}

test('her wristband is pressed: the grid worker’s page rings, the son’s phone has the message and his page the alarm; nobody answers and the phones ring, one key answers [ELDER-08] (family, call chain until acknowledged) [PLAT-12] (SMS, voice call, receipts; in-app push, resident)', async ({
  town,
}) => {
  const { phonesUrl } = town.demo
  const family = await town.openResident({})
  await signInByCode(family.page, town, son)
  const asks = await openHome(family.page)
  const quiet = asks()

  await sendAs(town.demo, 'WB-0001', { sos: 1 })
  const { episodeId, number } = await alarmOf(await town.api('community'), 'WB-0001')
  const { page: grid } = await town.openWorkbench('grid', { path: `alarms?alarm=${episodeId}`, size: phone })
  await grid.locator('.wb-alarm-ring[data-ringing]').waitFor()
  await arrives(phonesUrl, son, 'sms', number)
  const card = family.page.getByRole('region', { name: `告警 ${number}` })
  await card.getByText('已通知，正等人接').waitFor({ timeout: 10_000 })
  // The page asks by itself once a minute: what it read since then it was told to read.
  expect(asks()).toBeGreaterThan(quiet)
  await card.getByText('赵*兰').waitFor()
  await expectAccessible(family.page, 'an alarm of the family')
  await card.getByRole('button', { name: '正赶过去' }).click()
  await card.getByText(/回话：.*正赶过去/).waitFor()

  // Nobody answers: after the page a message, then a call.
  await town.moveClock(new Date((await town.now()).getTime() + 45_000))
  await arrives(phonesUrl, son, 'voice', number)
  await arrives(phonesUrl, '19999990101', 'sms', number)
  const ringing = await arrives(phonesUrl, '19999990101', 'voice', number)
  expect(ringing.state).toBe('ringing')
  expect((await fetch(`${phonesUrl}phones/${ringing.key}/press`, { method: 'POST' })).ok).toBe(true)
  await card.getByText('有人接了，正在联系').waitFor({ timeout: 20_000 })
  const timeline = grid.locator('.wb-alarm-lines')
  await timeline.getByText('接听电话按键接警').waitFor({ timeout: 20_000 })
  await timeline.getByText('儿子 赵*远').first().waitFor()
  await timeline.getByText('正赶过去').waitFor()
  await expectAccessible(grid, 'an alarm with its phones')
  const api = await town.api('grid')
  await api.post(`/episodes/${episodeId}/moves/settle`, { requestId: randomUUID(), outcome: 'TEST', text: '演练' })
  await card.getByText('已经处理好').waitFor({ timeout: 20_000 })
})

test('an elder signs in, holds Help for three seconds, takes it back once, then calls; she reads who is coming [ELDER-08] (call, arrival) [ACC-01] (help)', async ({
  town,
}) => {
  const seat = await town.openResident({ elder: true })
  const { page } = seat
  await signInByCode(page, town, elder)
  await page.goto('/resident/')
  expect(await page.locator('.big-button').count()).toBe(6)
  // Her file says where she lives: she is not asked again, and the community's number is there to call.
  await page.getByText('朝阳社区').first().waitFor()
  const help = page.locator('.help-btn')
  await help.waitFor()
  await help.focus()
  // By keyboard: held, and taken back within the five seconds.
  await page.keyboard.down('Enter')
  await page.getByText('马上通知社区和家人').waitFor({ timeout: 10_000 })
  await page.keyboard.up('Enter')
  await page.getByRole('button', { name: '取消', exact: true }).click()
  const list = async () =>
    (await (await page.request.get('/api/v1/residents/me/alarms')).json()) as { items: { settledAt: string | null }[] }
  expect((await list()).items.filter(({ settledAt }) => settledAt === null)).toEqual([])

  await help.dispatchEvent('pointerdown', { button: 0 })
  await page.getByText('马上通知社区和家人').waitFor({ timeout: 10_000 })
  const dialog = page.getByRole('dialog', { name: '正在求助' })
  await dialog.getByText('已通知，正等人接').waitFor({ timeout: 20_000 })
  await dialog.getByText('这不能替代 120、110、119').waitFor()
  await expectAccessible(page, 'calling for help')
  const worker = await town.api('grid')
  const { items } = await worker.get<{ items: { episodeId: string; rule: string; stage: string }[] }>('/episodes?state=open')
  const { episodeId } = items.find(({ rule, stage }) => rule === 'elderly-care.sos' && stage === 'raised')!
  // With a line the page asks by itself once a minute only, so who is coming reaches it by the line.
  await worker.post(`/episodes/${episodeId}/moves/depart`, { requestId: randomUUID() })
  await dialog.getByText('有人正赶过来').waitFor({ timeout: 10_000 })
  await worker.post(`/episodes/${episodeId}/moves/settle`, { requestId: randomUUID(), outcome: 'TEST', text: '演练' })
  await dialog.getByRole('button', { name: '没事了，回去' }).click()

  for (const path of ['file', 'mine', 'sign-in']) {
    await page.goto(`/resident/${path}`)
    await page.locator('h1').first().waitFor()
    await expectAccessible(page, path)
    expect(await findSmallTargets(page, 60), path).toEqual([])
    await page.setViewportSize(narrow)
    await expectNoSidewaysScroll(page, `${path} at 320`)
    await page.setViewportSize(phone)
  }
  await page.goto('/resident/file')
  await page.getByRole('heading', { name: '谁看过我的档案' }).waitFor()
  await page.goto('/resident/mine')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByText('求助、看自己的档案要登录').waitFor()
})
