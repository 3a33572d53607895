import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { test } from './support/journey.ts'
import { chooseCommunity, readReceipt } from './support/resident-acts.ts'

const commercialEstate = '510131001006'

test('where the scene is switched off nothing can be reported and the words stay with the person; the neighbors report as ever, and so does everybody when it is on again [PLAT-16]', async ({
  town,
}) => {
  const admin = await town.api('system-admin')
  const { items } = (await (await fetch(`${town.url}/api/v1/public/areas?code=${commercialEstate}`)).json()) as {
    items: { areaId: string }[]
  }
  const flip = (isOn: boolean) =>
    admin.post('/scenes/appeals/switches', { requestId: randomUUID(), areaId: items[0]!.areaId, isOn, reason: '换用别的系统' })
  const words = '商业广场的喷泉漏电，请来看看。'

  await flip(false)
  const { page, watch } = await town.openResident({ path: 'report' })
  watch.allow(422)
  await chooseCommunity(page, '飞龙社区')
  await page.getByLabel('补一句').fill(words)
  await page.getByRole('button', { name: '提交' }).click()
  const refusal = page.getByRole('alert').or(page.locator('.error-summary'))
  await refusal.first().waitFor()
  expect(await refusal.first().innerText()).toContain('没有收下')
  expect(new URL(page.url()).pathname).toBe('/resident/report')
  expect(await page.getByLabel('补一句').inputValue()).toBe(words)

  const { page: neighbor } = await town.openResident({ path: 'report' })
  await chooseCommunity(neighbor, '朝阳社区')
  await neighbor.getByLabel('补一句').fill('东门菜市场的灯不亮。')
  await neighbor.getByRole('button', { name: '提交' }).click()
  await readReceipt(neighbor)

  await flip(true)
  await page.getByRole('button', { name: '提交' }).click()
  await readReceipt(page)
})
