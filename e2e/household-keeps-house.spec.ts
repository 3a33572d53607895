import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'

test('a newborn is recorded twice by mistake: both stand in the dwelling, one file goes into the other, and they are taken apart again [DATA-03] (born, duplicates merged, at a page)', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('community', { path: 'persons?q=农机厂宿舍 4 号楼1单元202室' })
  await page.locator('.dk-table tbody tr').filter({ hasText: '赵*敏' }).click()
  const household = page.locator('.wb-person-part').filter({ has: page.getByRole('heading', { name: '户', exact: true }) })
  for (const name of ['赵新芽', '赵心芽']) {
    await household.getByRole('button', { name: '登记出生' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.locator('.dk-error').first().waitFor()
    await dialog.getByLabel('姓名').fill(name)
    await expectAccessible(page, 'recording a birth')
    await dialog.getByRole('button', { name: '保存' }).click()
    await dialog.waitFor({ state: 'hidden' })
    // The new file is shown; a newborn is nobody's parent.
    await household.getByRole('link', { name: '赵*敏' }).click()
    await page.getByRole('heading', { name: '赵*敏' }).waitFor()
  }
  await household.getByRole('link', { name: '赵某' }).nth(1).waitFor()
  await page.getByRole('link', { name: '农机厂宿舍 4 号楼1单元202室' }).first().click()
  await page.getByText('现在住 5 人').waitFor()
  await expectAccessible(page, 'a dwelling')
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'a dwelling at 320')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('link', { name: '赵某' }).first().click()
  await page.getByRole('button', { name: '并档' }).click()
  const merge = page.getByRole('dialog')
  await merge.getByLabel(/另一份档案/).fill('赵心芽')
  await merge.getByLabel('选一位').selectOption({ index: 1 })
  await merge.getByLabel(/原因/).fill('同一天登记了两次')
  await expectAccessible(page, 'merging two files')
  await merge.getByRole('button', { name: '并入这份档案' }).click()
  await page.getByText('同一个人的另一份档案已经并入这里。').waitFor()
  await page.getByRole('button', { name: '拆开' }).click()
  const apart = page.getByRole('dialog')
  await apart.getByLabel(/原因/).fill('是双胞胎')
  await apart.getByRole('button', { name: '拆成两份' }).click()
  await page.getByText('同一个人的另一份档案已经并入这里。').waitFor({ state: 'hidden' })

  const { page: english } = await town.openWorkbench('community', { path: page.url().split('/workbench/')[1]!, lang: 'en' })
  await english.locator('.wb-person-facts dd').first().waitFor()
  const written = ['农机厂宿舍 4 号楼1单元202室', '同一天登记了两次', '是双胞胎', '赵某', '王工作人员']
  expect(await findChinese(english, [...(await collectData(town.url, await town.api('dispatcher'))), ...written])).toEqual([])
})
