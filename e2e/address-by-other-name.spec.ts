import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'

test('what people call a house stands on its page and finds who lives there; a new name is given, a number is refused, and one that is said no more ends [DATA-02] (aliases, codes and coordinates at a page)', async ({
  town,
}) => {
  const { page, watch } = await town.openWorkbench('community', { path: 'persons?q=红砖楼501' })
  watch.allow(422)
  const found = page.locator('.dk-table tbody tr')
  await found.filter({ hasText: '赵*兰' }).waitFor()
  expect(await found.count()).toBe(1)

  const community = await town.api('community')
  const { settled } = await community.get<{ settled: string }>(`/addresses/match?text=${encodeURIComponent('红砖楼2单元501')}`)
  await page.goto(`/workbench/dwellings/${settled}`)
  const standard = page.locator('section').filter({ has: page.getByRole('heading', { name: '标准地址' }) })
  await standard.getByText('红砖楼').waitFor()
  expect(await standard.innerText()).toMatch(/社区\s+\d{12}/)
  const name = standard.getByLabel(/^别名/)
  await name.fill('3号楼')
  await standard.getByRole('button', { name: '加别名' }).click()
  await standard.getByRole('alert').getByText('不能只是号码').waitFor()
  await name.fill('槐树下那户')
  await standard.getByLabel('给谁起的').selectOption('这一户')
  await name.press('Enter')
  await standard.getByText('已登记“槐树下那户”').waitFor()
  await expectAccessible(page, 'a home with its other names')
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'a home with its other names at 320')
  await page.setViewportSize({ width: 1440, height: 900 })
  const means = async (text: string) =>
    (await community.get<{ settled: string | null }>(`/addresses/match?text=${encodeURIComponent(text)}`)).settled
  expect(await means('槐树下那户')).toBe(settled)
  await standard.getByRole('button', { name: '结束别名“槐树下那户”' }).click()
  await standard.getByText('“槐树下那户”不再用了').waitFor()
  expect(await means('槐树下那户')).toBeNull()
})

test('a person is recorded with the address as it stands on a paper: what it means is proposed, looked at and kept', async ({ town }) => {
  const grid = await town.api('grid')
  const { page } = await town.openWorkbench('community', { path: 'persons' })
  await page.getByRole('button', { name: '登记居民' }).click()
  const dialog = page.getByRole('dialog', { name: '登记居民' })
  await dialog.getByLabel(/^姓名/).fill(`乌兰${randomUUID().slice(0, 2)}`)
  const written = dialog.getByLabel(/^照着写/)
  await written.fill('不知道哪里的一处')
  await dialog.getByText('没有对上').waitFor()
  await written.fill('农机厂宿舍十一栋２单元９０９')
  await dialog.getByLabel('是哪一户').selectOption({ index: 1 })
  await dialog.getByText('这一户还没有登记').waitFor()
  await written.fill('农机厂宿舍十一栋２单元５０１')
  await dialog.getByText('对上了，请再看一眼').waitFor()
  await expectAccessible(page, 'recording with a written address')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: /^乌/ }).waitFor()
  await page.getByText('11 号楼2单元501室').first().waitFor()
  const { items } = await grid.get<{ items: { masked: { name: string } }[] }>(
    `/persons?q=${encodeURIComponent('农机厂宿舍11号楼2单元501')}`,
  )
  expect(items.filter(({ masked }) => masked.name.startsWith('乌'))).toHaveLength(1)
})
