import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { alarmOf, endAlarms, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import { countRings } from './support/phone-acts.ts'
import { signIn } from './support/sign-in.ts'
import { phone } from './support/town.ts'

const wristband = 'WB-0001'
const door = { longitude: 103.5026, latitude: 30.1966 }

interface Line {
  kind: string
  byName: string | null
  text?: string
}

test('a wristband rings on the phone of the grid worker: answered, arrived with the place, settled; the desk sees the same [ELDER-08] (grid worker’s page)', async ({
  town,
}) => {
  await endAlarms(await town.api('grid'))
  const { page, context } = await town.openBrowser('grid', {
    viewport: phone,
    hasTouch: true,
    permissions: ['geolocation'],
    geolocation: door,
  })
  await page.goto('/grid/')
  await page.waitForURL(/\/grid\/sign-in/)
  await expectAccessible(page, '/grid/sign-in')
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByRole('heading', { name: /今天/ }).waitFor()
  const rings = await countRings(page)

  await sendAs(town.demo, wristband, { sos: 1 })
  const card = page.getByRole('alert').getByRole('link', { name: '一键求助' })
  await card.getByText('去处理').waitFor()
  await expect.poll(rings).toBeGreaterThan(0)
  await expectAccessible(page, '/grid/ ringing')
  await card.click()

  await page.getByText(/响了 \d+ 分 \d+ 秒/).waitFor()
  await expectAccessible(page, 'alarm, ringing')
  expect(await page.getByRole('link', { name: '打 120' }).getAttribute('href')).toBe('tel:120')
  await page.getByText('不能代替 110、119、120').waitFor()
  await page.setViewportSize({ width: 320, height: 700 })
  await expectNoSidewaysScroll(page, 'alarm at 320 px')
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: '看电话和急救提示' }).click()
  await page.getByText('高血压；每天早晚服药').waitFor()
  await page.locator('a[href^="tel:1999999"]').waitFor()

  const { episodeId } = await alarmOf(await town.api('grid'), wristband)
  await page.getByRole('button', { name: '接警' }).click()
  await page.getByText('已接警').first().waitFor()
  const rung = await rings()
  await page.getByRole('button', { name: '已出发' }).click()
  await page.getByRole('button', { name: '已到场' }).dblclick()
  await page.locator('.tl').getByText('到场', { exact: true }).waitFor()
  await page.getByRole('button', { name: '办结…' }).click()
  const dialog = page.getByRole('dialog', { name: '办结这次告警' })
  await expectAccessible(page, 'settle')
  await dialog.getByRole('button', { name: '办结', exact: true }).click()
  await dialog.getByText('请选处置结果').waitFor()
  await dialog.getByRole('radio', { name: '确有其事' }).check({ force: true })
  await dialog.getByLabel('情况').fill('在家摔了一下，扶起来了，没有外伤。')
  await dialog.getByRole('button', { name: '办结', exact: true }).click()
  await page.getByText(/已办结 · 确有其事/).waitFor()
  // It rang until it was answered, and not after.
  expect(await rings()).toBe(rung)

  const community = await town.api('community')
  const seen = await community.get<{ stage: string; outcome: string; lines: Line[] }>(`/episodes/${episodeId}`)
  expect(seen).toMatchObject({ stage: 'settled', outcome: 'REAL' })
  const moves = seen.lines.filter(({ byName }) => byName === '周倩').map(({ kind }) => kind)
  expect(moves).toEqual(['acknowledge', 'depart', 'arrive', 'settle'])
  await context.close()
  const { page: office } = await town.openWorkbench('community', { path: `alarms?alarm=${episodeId}` })
  await office.locator('.wb-alarm-lines').getByText('在家摔了一下，扶起来了，没有外伤。').waitFor()
})

test('steps that are made without a network wait on the phone, say when they were made, and are sent once each', async ({ town }) => {
  await endAlarms(await town.api('grid'))
  await sendAs(town.demo, wristband, { sos: 1 })
  const { episodeId } = await alarmOf(await town.api('grid'), wristband)
  const { page, context, watch } = await town.openGrid('grid', { path: `alarms/${episodeId}` })
  await page.getByRole('button', { name: '接警' }).waitFor()
  watch.cut = true
  await context.setOffline(true)
  await page.getByText('没有网络，照常记').waitFor()
  await page.getByRole('button', { name: '接警' }).dblclick()
  await page.getByText('接警，待发').waitFor()
  await page.getByRole('button', { name: '已到场' }).click()
  await page.getByText('到场，待发').waitFor()
  await page.getByText('已发 0 / 2').waitFor()
  await expectAccessible(page, 'alarm, offline')
  await context.setOffline(false)
  await page.getByText('已发 0 / 2').waitFor({ state: 'hidden' })
  await page.locator('.tl').getByText('到场', { exact: true }).waitFor()
  watch.cut = false
  const community = await town.api('community')
  const { lines } = await community.get<{ lines: Line[] }>(`/episodes/${episodeId}`)
  const own = lines.filter(({ byName }) => byName === '周倩')
  expect(own.map(({ kind }) => kind)).toEqual(['acknowledge', 'arrive'])
  for (const { text } of own) expect(text).toMatch(/\d+:\d\d 记下，当时没有网络/)
  await endAlarms(await town.api('grid'))
})

test('what an account did without a network waits for that account, and a refusal stays until somebody has read it', async ({ town }) => {
  await endAlarms(await town.api('grid'))
  await sendAs(town.demo, wristband, { sos: 1 })
  const { episodeId } = await alarmOf(await town.api('grid'), wristband)
  const { page, context, watch } = await town.openGrid('grid', { path: `alarms/${episodeId}` })
  await page.getByRole('button', { name: '接警' }).waitFor()
  watch.cut = true
  await context.setOffline(true)
  await page.getByRole('button', { name: '已到场' }).click()
  await page.getByText('到场，待发').waitFor()
  // Meanwhile the desk settles it.
  await endAlarms(await town.api('community'))
  watch.allow(422, 409)
  await context.setOffline(false)
  await page.getByText('没有收下，需要您看一下').waitFor()
  watch.cut = false
  await page.reload()
  await page.getByText('没有收下，需要您看一下').waitFor()
  await page.getByRole('button', { name: '知道了' }).click()
  await page.getByText('没有收下，需要您看一下').waitFor({ state: 'hidden' })
})
