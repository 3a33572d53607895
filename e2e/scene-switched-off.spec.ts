import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { test } from './support/journey.ts'
import { chooseCommunity, readReceipt } from './support/resident-acts.ts'

const commercialEstate = '510131001006'

test('where the scene is switched off no page offers to report, nothing can be reported, and the words stay with the person; the neighbors report as ever, and so does everybody when it is on again [PLAT-16] (switch, menu)', async ({
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

  const { page: home } = await town.openResident({ path: '' })
  await chooseCommunity(home, '飞龙社区')
  await home.getByText('飞龙社区现在不在这里收件').waitFor()
  expect(await home.getByRole('link', { name: '报事' }).count()).toBe(0)
  const { page: desk } = await town.openWorkbench('community-2')
  await desk
    .getByRole('link', { name: '派遣' })
    .or(desk.getByRole('link', { name: '待办' }))
    .first()
    .waitFor()
  await desk.waitForFunction(() => ![...document.querySelectorAll('.wb-rail a')].some((link) => link.textContent?.includes('代录')))

  const { page: neighbor } = await town.openResident({ path: 'report' })
  await chooseCommunity(neighbor, '朝阳社区')
  await neighbor.getByLabel('补一句').fill('东门菜市场的灯不亮。')
  await neighbor.getByRole('button', { name: '提交' }).click()
  await readReceipt(neighbor)

  await flip(true)
  await home.reload()
  await home.getByRole('link', { name: '报事' }).first().waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await readReceipt(page)
})
