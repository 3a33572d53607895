import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { endAlarms } from './support/device.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { desk } from './support/town.ts'

/** As the device of an elder sends it where there is no MQTT; the secrets of the demo town are published. */
function send(url: string, code: string, values: object): Promise<Response> {
  return fetch(`${url}/api/v1/devices/${code}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer linli-demo-device-${code.toLowerCase()}` },
    body: JSON.stringify({ values }),
  })
}

test('a wristband is pressed: the desk rings on the page that is open, is answered, the grid worker arrives and it ends with what was found [ELDER-08] (place, arrival, close with cause)', async ({
  town,
}) => {
  await endAlarms(await town.api('community'))
  const { page: community } = await town.openWorkbench('community', { path: 'alarms' })
  await community.getByRole('heading', { name: '告警值守' }).waitFor()
  expect((await send(town.url, 'WB-0002', { sos: 1 })).ok).toBe(true)
  await community
    .getByText(/\d+ 个告警没人接/)
    .first()
    .waitFor()
  const alarm = community.getByRole('region', { name: /^告警 / })
  await alarm.getByText('WB-0002').waitFor()
  await expectAccessible(community, 'a ringing alarm')
  await picture(community, 'alarm')
  await alarm.getByRole('button', { name: '接警' }).click()
  await alarm.getByText('已接警').first().waitFor()

  const { page: grid, watch } = await town.openWorkbench('grid', { path: 'alarms' })
  const hers = grid.getByRole('region', { name: /^告警 / })
  await hers.getByText('WB-0002').waitFor()
  await hers.getByRole('button', { name: '已到场' }).click()
  await hers.getByRole('button', { name: '办结…' }).click()
  // Without an outcome and words it does not end.
  watch.allow(422)
  await hers.getByRole('button', { name: '办结', exact: true }).click()
  await hers.locator('.dk-error').first().waitFor()
  await hers.getByRole('radio', { name: '确有其事' }).check()
  await hers.getByLabel('情况').fill('老人头晕，扶起后量了血压，家人已到。')
  await expectAccessible(grid, 'settling an alarm')
  await hers.getByRole('button', { name: '办结', exact: true }).click()
  await hers.getByText('老人头晕，扶起后量了血压，家人已到。').waitFor()
  await alarm.getByText('老人头晕，扶起后量了血压，家人已到。').waitFor()
  await community.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(community, 'an alarm at 320')
})

test('what a device sends that cannot be taken waits with its reason; who keeps the ledger decides, in either language [IOT-01] (online state, last seen)', async ({
  town,
}) => {
  expect((await send(town.url, 'WB-0003', { steps: 'many' })).status).toBe(422)
  const { page } = await town.openWorkbench('community', { path: 'devices' })
  await page.getByRole('heading', { name: '设备台账' }).waitFor()
  await page.locator('.dk-table tbody tr').first().waitFor()
  await page.locator('.dk-table tbody tr').filter({ hasText: 'SM-0001' }).click()
  await page.getByRole('dialog').getByText('最近的消息').waitFor()
  await picture(page, 'devices')
  await expectAccessible(page, 'a device')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('link', { name: '隔离区' }).click()
  const item = page.getByRole('listitem').filter({ hasText: 'WB-0003' })
  await item.getByLabel('处理理由').fill('固件旧，已请厂家升级')
  await expectAccessible(page, 'the quarantine')
  await item.getByRole('button', { name: '不收' }).click()
  await item.waitFor({ state: 'hidden' })
  await page.goto('/workbench/quarantine?state=dropped&lang=en')
  await page.getByText('固件旧，已请厂家升级').waitFor()
  const data = await collectData(town.url, await town.api('dispatcher'))
  const words = [...data, '固件旧，已请厂家升级', '呼救手环', '王小燕']
  expect(await findChinese(page, words)).toEqual([])
  await page.goto('/workbench/devices')
  await page.locator('.dk-table tbody tr').first().waitFor()
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'the ledger of devices at 320')
  await page.setViewportSize(desk)
})
