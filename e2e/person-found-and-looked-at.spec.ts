import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

test('a community worker finds an elder by the first letters of her name, reads her file masked, says why she opens the phone, and it stands under who looked [SEC-01] (masking, reason, who looked)', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('community', { path: 'persons' })
  await page.getByRole('searchbox').fill('zgl')
  await page.keyboard.press('Enter')
  const row = page.locator('.dk-table tbody tr').filter({ hasText: '11 号楼' }).filter({ hasText: '独居' })
  await row.waitFor()
  expect(await page.locator('main').innerText()).not.toMatch(/赵桂兰|19999991000/)
  await expectAccessible(page, 'the list of persons')
  await picture(page, 'persons')
  await row.click()
  await page.getByRole('heading', { name: '联系人' }).waitFor()
  await page.getByRole('button', { name: /联系电话/ }).click()
  await page.getByRole('radio', { name: '上门走访联系' }).check()
  await page.keyboard.press('Enter')
  await page.getByText('19999991000').waitFor()
  await page.getByText('看了联系电话').first().waitFor()
  await picture(page, 'person')
  await expectAccessible(page, 'a person file')
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'a person file at 320')
})

test('the neighbor community finds nobody by that name, and a file reads in English', async ({ town }) => {
  const { page: other } = await town.openWorkbench('community-2', { path: 'persons?q=赵桂兰' })
  await other.getByText('没有符合条件的').waitFor()
  const { page } = await town.openWorkbench('community', { path: 'persons?q=赵桂兰', lang: 'en' })
  const row = page.locator('.dk-table tbody tr').filter({ hasText: '11 号楼' })
  await row.waitFor()
  // Besides the town's own names: what was asked for, what somebody wrote, and how whoever looked is called to the person.
  const written = ['赵桂兰', '农机厂宿舍 11 号楼2单元501室', '社区走访登记', '上门走访联系', '上门走访前电话联系', '儿子', '邻居']
  const data = [...(await collectData(town.url, await town.api('dispatcher'))), ...written]
  const wordsLeft = async () =>
    (await findChinese(page, data)).filter((one) => !/\p{Script=Han}\*|\p{Script=Han}工作人员$|处置告警 JB-/u.test(one))
  expect(await wordsLeft()).toEqual([])
  await row.click()
  await page.locator('.wb-person-facts dd').first().waitFor()
  expect(await wordsLeft()).toEqual([])
})

test('a label that is not for the grid to see is shown with its viewers at the desk, and to the grid worker nobody has it [DATA-04] (viewers)', async ({
  town,
}) => {
  const path = 'persons?careGroup=family-planning.special'
  const { page } = await town.openWorkbench('community', { path })
  await page.locator('.dk-table tbody tr').first().click()
  const groups = page.locator('.wb-person-part').filter({ has: page.getByRole('heading', { name: '关爱对象' }) })
  const label = groups.getByRole('listitem').filter({ hasText: '计划生育特殊家庭' })
  await label.getByText('谁看得见：社区、街道（乡镇）、县（区）').waitFor()
  await label.getByRole('button', { name: '谁看得见' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: '县（区）' }).uncheck()
  await dialog.getByLabel(/原因/).fill('交给街道跟进')
  await expectAccessible(page, 'who sees a label')
  await dialog.getByRole('button', { name: '保存' }).click()
  await label.getByText('谁看得见：社区、街道（乡镇）', { exact: true }).waitFor()
  const { page: cell } = await town.openWorkbench('grid', { path })
  await cell.getByText('没有符合条件的').waitFor()
})

test('what the police say of the son is not changed at the desk: the grid worker has asked, the community decides, and it stands below the value [DATA-01] (correction request)', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('community', { path: 'persons' })
  await page.getByRole('link', { name: '待核对' }).click()
  const row = page.locator('.wb-person-part').filter({ hasText: '户口簿上写的是' })
  await row.getByText('姓名：').waitFor()
  await expectAccessible(page, 'corrections')
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'corrections at 320')
  await page.setViewportSize({ width: 1440, height: 900 })
  await row.getByRole('link', { name: '赵*远' }).click()
  const name = page.locator('.wb-person-facts > div').filter({ hasText: '姓名' })
  await name.getByText('等另一人核对').waitFor()
  await expectAccessible(page, 'a value that is asked to be corrected')
  await name.getByRole('button', { name: '已转公安核对' }).click()
  await name.getByRole('button', { name: '请求更正姓名' }).click()
  await page.getByRole('dialog').getByText('由另一人核对后转公安').waitFor()
  await expectAccessible(page, 'asking for a correction')
  await page.keyboard.press('Escape')
})
