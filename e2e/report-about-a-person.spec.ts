import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { keptOnThisPhone } from './support/phone-acts.ts'

interface Row {
  personId: string
  masked: { name: string }
}

test('an event reported in flight mode is linked to the person, the home and the device it is about: the case shows all three, the file shows the case [GRID-13] (person, dwelling, device and event linked)', async ({
  town,
}) => {
  const grid = await town.api('grid')
  const { items } = await grid.get<{ items: Row[] }>('/persons?careGroup=elder.lives-alone&status=here&limit=100')
  const person = items.find(({ masked }) => masked.name === '赵*兰')!
  const { page, context, watch } = await town.openGrid('grid', { path: `people/${person.personId}` })
  await keptOnThisPhone(page)
  await page.getByRole('button', { name: '今天带上' }).click()
  await page.getByRole('button', { name: '已经带上' }).waitFor()
  watch.cut = true
  await context.setOffline(true)
  await page.goto('/grid/report')
  await page.getByRole('radio').first().check({ force: true })
  await page.getByLabel('补一句').fill('门口的烟感一直闪红灯')
  await page.getByRole('button', { name: '居民、住处' }).click()
  await expectAccessible(page, 'linking a person')
  await page.setViewportSize({ width: 320, height: 700 })
  await expectNoSidewaysScroll(page, 'linking a person at 320 px')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: '关联赵*兰' }).click()
  await page.getByRole('button', { name: '居民、住处' }).click()
  await page.getByRole('button', { name: '关联这一户' }).first().click()
  await page.getByRole('button', { name: '设备' }).click()
  await page.getByLabel('设备编码').fill('DR-0001')
  await page.getByRole('button', { name: '关联', exact: true }).click()
  const linked = page.getByRole('list', { name: '和谁、哪一户、哪台设备有关' }).getByRole('listitem')
  await expect.poll(() => linked.count()).toBe(3)
  await expectAccessible(page, 'a report with what it is about')
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('先存在手机里了').waitFor()
  await context.setOffline(false)
  await page.getByText('已经上报').waitFor()
  watch.cut = false
  await page.getByRole('link', { name: '看这一件' }).click()
  await page.getByText('入户门磁 DR-0001').waitFor()
  const caseId = page.url().split('/').at(-1)!
  const { subjects } = await grid.get<{ subjects: { kind: string; id: string; name: string | null }[] }>(`/cases/${caseId}`)
  expect(subjects.map(({ kind }) => kind).sort()).toEqual(['device', 'dwelling', 'person'])
  expect(subjects.find(({ kind }) => kind === 'person')).toMatchObject({ id: person.personId, name: '赵*兰' })
  await page.getByRole('link', { name: '居民 赵*兰' }).click()
  await page.getByText('与本人、住处有关的事项').waitFor()

  const { page: office } = await town.openWorkbench('community', { path: `cases/${caseId}` })
  await office.getByRole('link', { name: '入户门磁 DR-0001' }).waitFor()
  await office.getByRole('link', { name: '赵*兰' }).click()
  await office.getByText('与本人、住处有关的事项').waitFor()
  await expectAccessible(office, 'a person with a matter about them')
})
