import { expect } from 'vitest'
import { expectAccessible } from './support/check-page.ts'
import { endAlarms, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import { countRings, keptOnThisPhone, signOutOfGrid } from './support/phone-acts.ts'
import { signIn } from './support/sign-in.ts'
import { phone } from './support/town.ts'

test('the list of the day opens in flight mode as it was read last, says as of when, and goes with signing out', async ({ town }) => {
  const { page, context, watch } = await town.openBrowser('a day in flight mode', { viewport: phone, hasTouch: true })
  await page.goto('/grid/')
  await signIn(page, 'grid', 'linli-demo-2026')
  const rows = page.locator('.rows .row')
  await rows.first().waitFor()
  await keptOnThisPhone(page)
  const read = await rows.count()
  watch.cut = true
  await context.setOffline(true)
  await page.reload()
  await page.getByText(/没有网络，这是 .* 的清单/).waitFor()
  expect(await rows.count()).toBe(read)
  await expectAccessible(page, 'today in flight mode')
  await context.setOffline(false)
  await page.getByText(/没有网络，这是/).waitFor({ state: 'hidden' })
  watch.cut = false
  await signOutOfGrid(page)
  expect(await page.evaluate(() => localStorage.getItem('linli.grid.today'))).toBeNull()
})

test('a session near its end says so and sounds, and going on keeps it', async ({ town }) => {
  const { page, context } = await town.openBrowser('a phone in a pocket', { viewport: phone, hasTouch: true })
  await page.goto('/grid/')
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByRole('heading', { name: /今天/ }).waitFor()
  const session = '**/api/v1/sessions/current'
  await context.route(session, (route) => route.fulfill({ json: { idleSecondsLeft: 95, secondsLeft: 20_000 } }))
  const rings = await countRings(page)
  // Timers sleep with the phone: looked at again, the page asks.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByText(/还有 1 分 \d+ 秒就要退出登录/).waitFor()
  await expect.poll(rings, { timeout: 10_000 }).toBeGreaterThan(0)
  await expectAccessible(page, 'session near its end')
  await context.unroute(session)
  await page.getByRole('button', { name: '我还在，不退出' }).click()
  await page.getByText('就要退出登录').waitFor({ state: 'hidden' })
})

test('an alarm that rings when the session ends goes on ringing at the sign-in page', async ({ town }) => {
  await endAlarms(await town.api('grid'))
  const { page, context, watch } = await town.openBrowser('a session that ended', { viewport: phone, hasTouch: true })
  await page.goto('/grid/')
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByRole('heading', { name: /今天/ }).waitFor()
  await sendAs(town.demo, 'WB-0001', { sos: 1 })
  await page.getByRole('alert').getByText('去处理').waitFor()
  const rings = await countRings(page)
  watch.allow(401)
  await context.clearCookies()
  await page.getByText('刚才有告警在响，还没人接').waitFor()
  const before = await rings()
  await expect.poll(rings, { timeout: 10_000 }).toBeGreaterThan(before)
  await expectAccessible(page, 'sign-in, ringing')
  await page.getByRole('button', { name: '静音' }).click()
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByRole('alert').getByText('去处理').waitFor()
  await endAlarms(await town.api('grid'))
})
