import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { endAlarms } from './support/device.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { desk, phone } from './support/town.ts'

test('a visitor presses "play the story": devices send, the desk and the phone of the grid worker ring, she is answered, reached and looked after, and the story says that it ended', async ({
  town,
}) => {
  await endAlarms(await town.api('community'))
  const { page } = await town.openBrowser('a visitor', { viewport: desk })
  await page.goto('/')
  await page.getByRole('link', { name: /播放故事/ }).click()
  await page.getByRole('heading', { name: '赵桂兰的早上' }).waitFor()
  await expectAccessible(page, 'the story before it begins')
  await page.getByRole('button', { name: '播放故事' }).click()
  await page.locator('[data-step="wakes"][data-state="done"]').waitFor()
  // What is to be done, where, and as whom stands at the step that waits.
  const answering = page.locator('[data-step="answers"][data-state="now"]')
  await answering.waitFor({ timeout: 90_000 })
  await answering.getByRole('link', { name: /值守台.*community/ }).waitFor()
  await answering.getByText('已通知：网格员和社区').waitFor()
  await picture(page, 'story')
  await expectAccessible(page, 'the story at the alarm')

  const { page: community } = await town.openWorkbench('community', { path: 'alarms' })
  const alarm = community.getByRole('region', { name: /^告警 / })
  await alarm.getByText('WB-0001').waitFor()
  const { page: grid } = await town.openGrid('grid')
  await grid
    .getByText(/一键求助/)
    .first()
    .waitFor()
  await alarm.getByRole('button', { name: '接警' }).click()
  await page.locator('[data-step="arrives"][data-state="now"]').waitFor()
  await alarm.getByRole('button', { name: '已到场' }).click()
  await page.locator('[data-step="ends"][data-state="now"]').waitFor()
  await alarm.getByRole('button', { name: '办结…' }).click()
  await alarm.getByRole('radio', { name: '确有其事' }).check()
  await alarm.getByLabel('情况').fill('头晕，扶着坐下，量了血压，儿子在路上。')
  await alarm.getByRole('button', { name: '办结', exact: true }).click()
  await page.locator('#ending').getByText('告警办结了，故事到这里').waitFor()
  await page.getByRole('button', { name: '再放一次' }).waitFor()

  await page.goto('/story?lang=en')
  await page.locator('#ending').getByText('The alarm has ended').waitFor()
  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page, 'the story on a phone')
  await expectAccessible(page, 'the story on a phone')
  expect(await findChinese(page, await collectData(town.url, await town.api('dispatcher')))).toEqual([])
})
