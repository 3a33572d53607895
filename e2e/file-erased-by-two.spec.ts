import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'

test('a file that should never have been made: one asks at the page, cannot decide himself, another erases it with two presses, and what is left names nobody', async ({
  town,
}) => {
  const [community, grid] = [await town.api('community'), await town.api('grid')]
  const { items } = await grid.get<{ items: { addressId: string; kind: string }[] }>('/addresses?q=501')
  const { personId } = await grid.post<{ personId: string }>('/persons', {
    requestId: randomUUID(),
    values: { name: '穆怀安', phone: '19999990777' },
    communityCode: town.demo.logins.find(({ account }) => account === 'community')!.areaCode,
    home: { addressId: items.find(({ kind }) => kind === 'dwelling')!.addressId, residence: 'tenant', on: '2026-01-05' },
    source: 'visit',
  })
  const ask = { requestId: randomUUID(), ground: 'mistaken', reason: '登记时写错了人' }
  await grid.post(`/persons/${personId}/erasures`, ask)

  const { page } = await town.openWorkbench('community', { path: 'persons' })
  await page.getByRole('link', { name: '待核对' }).click()
  const list = page.getByRole('region', { name: '删除档案的请求' })
  const row = list.getByRole('listitem').filter({ hasText: '登记时写错了人' })
  await list.getByText('走访时没有这个人').waitFor()
  await row.getByText('登记有误，本来不该有这份档案').waitFor()
  expect(await row.innerText()).not.toContain('穆怀安')
  await expectAccessible(page, 'requests to erase')
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'requests to erase at 320')
  await page.setViewportSize({ width: 1440, height: 900 })
  await row.getByRole('button', { name: '删除，不能恢复' }).click()
  await row.getByRole('button', { name: '真的删除？不能恢复' }).click()
  await row.waitFor({ state: 'hidden' })

  await page.goto(`/workbench/persons/${personId}`)
  await page.getByRole('heading', { name: '已删除的档案' }).waitFor()
  await page.getByText(/提出，.*决定删除/).waitFor()
  await expectAccessible(page, 'an erased file')
  expect(await page.locator('main').innerText()).not.toMatch(/穆|19999990777|登记时写错了人/)
  const found = await community.get<{ items: object[] }>(`/persons?q=${encodeURIComponent('穆怀安')}`)
  expect(found.items).toEqual([])
})

test('asking at the desk wants a reason, and who still wears a device is not erased: the refusal says so in the dialog', async ({
  town,
}) => {
  const { page, watch } = await town.openWorkbench('community', { path: 'persons?q=赵桂兰' })
  watch.allow(409)
  await page.locator('.dk-table tbody tr').filter({ hasText: '11 号楼' }).click()
  await page.getByRole('heading', { name: '联系人' }).waitFor()
  await page.getByRole('button', { name: '请求删除' }).click()
  const dialog = page.getByRole('dialog', { name: '请求删除' })
  await dialog.getByText('永久销毁').waitFor()
  await expectAccessible(page, 'asking for a file to be erased')
  await dialog.getByRole('button', { name: '提出，等另一人决定' }).click()
  expect(await dialog.isVisible()).toBe(true)
  await dialog.getByLabel(/原因/).fill('本人来电话要求删除')
  await dialog.getByRole('button', { name: '提出，等另一人决定' }).click()
  // She wears a wristband: whoever calls for help is not erased.
  await dialog.getByRole('alert').getByText(/设备/).waitFor()
})

test('the security administrator sees who looked, day by day, and each figure opens to its looks', async ({ town }) => {
  const community = await town.api('community')
  const { items } = await community.get<{ items: { personId: string }[] }>(`/persons?q=${encodeURIComponent('赵桂兰')}`)
  await community.get(`/persons/${items[0]!.personId}`)
  const { page } = await town.openWorkbench('security-admin', { path: 'looks' })
  await page
    .getByRole('list', { name: '近十四天' })
    .getByRole('link', { name: /^打开 [1-9]/ })
    .last()
    .click()
  await page.locator('.dk-table tbody tr').first().waitFor()
  await expectAccessible(page, 'who looked')
  expect(await page.locator('main').innerText()).not.toContain('赵桂兰')
  await page.locator('.dk-table tbody tr').first().click()
  await page.getByRole('link', { name: '这份档案的全部查看' }).click()
  await page.getByRole('heading', { name: '查看记录' }).waitFor()
  await page.waitForURL(/person=/)
  await page.setViewportSize({ width: 320, height: 720 })
  await expectNoSidewaysScroll(page, 'who looked at 320')
})
