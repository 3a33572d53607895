import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './support/journey.ts'
import { signIn } from './support/sign-in.ts'
import type { JourneyTown } from './support/town.ts'

const minute = 60_000
const written = '三号楼门口的路灯一直闪，晚上看不清台阶。'

test('nobody touches the desk: warned two minutes before, may stay; then signed out, and back where it was with what was typed', async ({
  town,
}) => {
  const { page, watch } = await town.openWorkbench('dispatcher-2', { path: 'intake' })
  await page.clock.install()
  // Its timer stands once the page has heard how long the session lasts; a desk is not left within the first second.
  const lasts = page.waitForResponse((response) => response.url().endsWith('/sessions/current'))
  await page.reload()
  await (await lasts).finished()
  const words = page.locator('#intake-detail')
  await words.fill(written)
  const warning = page.getByRole('dialog', { name: '还在用吗？' })

  await pass(town, page, 28.5)
  await warning.waitFor()
  expect(await warning.innerText()).toMatch(/秒后自动退出登录|分钟后自动退出登录/)
  await warning.getByRole('button', { name: '继续使用' }).click()
  await warning.waitFor({ state: 'hidden' })
  expect(await words.inputValue()).toBe(written)

  // Meanwhile other people's work reads lists again on this page; that is not somebody at the desk.
  watch.allow(401)
  await pass(town, page, 31)
  await page.waitForURL(/\/sign-in/)
  await page.getByRole('status').filter({ hasText: '登录已到期' }).waitFor()
  await signIn(page, 'dispatcher-2', 'linli-demo-2026')
  await page.waitForURL(/\/workbench\/intake/)
  expect(await words.inputValue()).toBe(written)
})

test('what one person began to write is not shown to the next at the same desk', async ({ town }) => {
  const { page, watch, context } = await town.openWorkbench('dispatcher-2', { path: 'intake' })
  const words = page.locator('#intake-detail')
  await words.fill(written)
  watch.allow(401)
  await context.clearCookies()
  await page.reload()
  await page.waitForURL(/\/sign-in/)
  await signIn(page, 'dispatcher', 'linli-demo-2026')
  await page.waitForURL(/\/workbench\/intake/)
  await words.waitFor()
  expect(await words.inputValue()).toBe('')
})

/** Time passes at the platform and at this desk alike. */
async function pass(town: JourneyTown, page: Page, minutes: number): Promise<void> {
  await town.moveClock(new Date((await town.now()).getTime() + minutes * minute), { sessionsAge: true })
  await page.clock.fastForward(minutes * minute)
}
