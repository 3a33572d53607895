import { expect } from 'vitest'
import { fileAppeal, findCase } from './support/api.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

const oldEstate = '510131001002'

test('a line of the duty lists is ended by two people, stays on record, and is suggested no more [GRID-03] (duty lists)', async ({
  town,
}) => {
  const dispatcher = await town.api('dispatcher')
  const { page } = await town.openWorkbench('dispatcher', { path: 'duties' })
  await page.getByRole('button', { name: '新增一条' }).click()
  const dialog = page.getByRole('dialog').filter({ has: page.locator('.wb-dialog-foot') })
  await dialog.getByLabel('类别').selectOption({ label: '居民诉求 · 商贸旅游' })
  await dialog.getByRole('combobox', { name: '单位' }).fill('县文化体育和旅游局')
  await page.locator('.dk-pick-option').filter({ hasText: '县文化体育和旅游局' }).first().click()
  await dialog.getByLabel('条款号').fill('旅行 9.1')
  await dialog.getByLabel('事项').fill('旅拍纠纷的调处')
  await dialog.getByLabel('依据文件').fill('旅拍管理办法（演示）')
  await dialog.getByLabel('居民常见说法').fill('旅拍套餐')
  await dialog.getByLabel('理由').fill('新下发的办法')
  await dialog.locator('.wb-dialog-body').press('Control+Enter')
  await page.getByText('等另一人确认。').first().waitFor()

  const { page: lead } = await town.openWorkbench('township-lead', { path: 'duties' })
  const waiting = lead.getByRole('listitem').filter({ hasText: '旅行 9.1' })
  await lead.locator('.dk-table tbody tr').first().waitFor()
  await picture(lead, 'duty-list')
  await waiting.getByRole('button', { name: '确认' }).click()
  await waiting.waitFor({ state: 'hidden' })

  const { number } = await fileAppeal(town.url, { detail: '旅拍套餐交了钱不退，联系不上人。', areaCode: oldEstate })
  const caseId = await findCase(dispatcher, number)
  const suggested = async () =>
    (await dispatcher.get<{ items: { clauseNo: string }[] }>(`/cases/${caseId}/route`)).items.map(({ clauseNo }) => clauseNo)
  expect(await suggested()).toContain('旅行 9.1')

  await page.goto('/workbench/duties?q=旅拍套餐')
  await page.getByRole('row', { name: /旅行 9\.1/ }).click()
  await page.getByRole('button', { name: '终止' }).click()
  await page.getByLabel('理由').fill('由县里统一收回')
  await page.locator('.wb-dialog-body').press('Control+Enter')
  await page.getByText('有变更待确认').first().waitFor()
  expect(await suggested()).toContain('旅行 9.1')

  await lead.goto('/workbench/duties')
  await waiting.getByRole('button', { name: '确认' }).click()
  await waiting.waitFor({ state: 'hidden' })
  expect(await suggested()).not.toContain('旅行 9.1')
  await page.goto('/workbench/duties?q=旅拍套餐')
  await page.getByText('没有符合条件的').waitFor()
  await page.goto('/workbench/duties?q=旅拍套餐&ever=true')
  await page
    .getByText(/已终止/)
    .first()
    .waitFor()
})
