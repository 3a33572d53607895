import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { endAlarms, sendAs } from './support/device.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'

test('what rang at night is read as a sentence with its basis, its figures open to their alarms, and it is tried on what was received without ringing [RISK-04] (rules and their dry run at a page)', async ({
  town,
}) => {
  await sendAs(town.demo, 'WB-0004', { sos: 1 })
  const { page } = await town.openWorkbench('community', { path: 'alarms' })
  await page.getByRole('link', { name: '告警规则' }).click()
  const rule = page.getByRole('region', { name: '楼道烟雾' })
  await rule.getByText('楼道烟感报“烟雾”（楼道烟感报“自检”时除外），就报警。').waitFor()
  await rule.getByText('同一处有 2 台同时报警时，升为红色。').waitFor()
  await rule.getByText('先后告诉谁').click()
  await rule.getByText('网格员、物业、社区和微型消防站').waitFor()
  const called = page.getByRole('region', { name: '一键求助' })
  await called.getByText('试算').first().click()
  await called.getByRole('button', { name: '开始试算' }).click()
  await called.getByText(/会报警 \d+ 次/).waitFor()
  await expectAccessible(page, 'rules with a trial')
  const silence = page.getByRole('region', { name: '居家长时间无活动提醒' })
  await silence.getByText('须本人同意；本人随时可以停掉。').waitFor()
  await silence.getByText('试算').first().click()
  await silence.getByLabel('等多少小时').fill('1')
  await silence.getByRole('button', { name: '开始试算' }).click()
  await silence.getByText('等待时间按 1 小时。').waitFor()
  // Three weeks of a meter are known in the demo: its home is judged, and lives as it always did.
  const power = page.getByRole('region', { name: '长时间未用电提醒' })
  await power.getByText('试算').first().click()
  await power.getByRole('button', { name: '开始试算' }).click()
  await power.getByText('会报警 0 次').waitFor()
  expect(await power.innerText()).not.toContain('没有判断')
  await called.getByRole('link', { name: /^报警 \d+ 次$/ }).click()
  await page.getByRole('heading', { name: '告警值守' }).waitFor()
  await page
    .getByRole('button', { name: /一键求助/ })
    .first()
    .waitFor()
  expect((await page.locator('.wb-alarm-list .wb-alarm-name').allInnerTexts()).join()).not.toContain('楼道烟雾')
  await endAlarms(await town.api('community'))
})

for (const lang of ['zh-CN', 'en'] as const) {
  test(`the rules of alarms pass axe and fit 320 px, ${lang} [ACC-02] (WCAG, automated)`, async ({ town }) => {
    const { page, context } = await town.openWorkbench('community', { path: 'alarm-rules', lang })
    await page.locator('.wb-rule').first().waitFor()
    await expectAccessible(page, `rules, ${lang}`)
    if (lang === 'en') expect(await findChinese(page, await collectData(town.url, await town.api('dispatcher')))).toEqual([])
    await page.setViewportSize({ width: 320, height: 720 })
    await expectNoSidewaysScroll(page, `rules, ${lang}`)
    await context.close()
  })
}
