import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { keptOnThisPhone, signOutOfGrid } from './support/phone-acts.ts'
import { takePhoto } from './support/photo.ts'
import { picture } from './support/picture.ts'
import { signIn } from './support/sign-in.ts'
import { type JourneyTown, phone } from './support/town.ts'

interface File {
  seq: number
  values: { field: string; masked: string | null; source: string }[]
  careGroups: { key: string; basis: string; to: string | null }[]
}
interface Visit {
  met: string
  result: string
  fields: string[]
  attachments: string[]
  corrections: { field: string; masked: string; outcome: string | null }[]
}

test('an elder is visited without a signal: a phone changed and 独居 added at the door, sent once when there is a network, and the file says who, when and on what basis [GRID-13] (person, dwelling, photo)', async ({
  town,
}) => {
  const { personId, name, place } = await someone(town, { name: '吴春梅', phone: '19999997001', dwelling: '701室' })
  const { page, context, watch } = await town.openGrid('grid', { path: 'people' })
  await keptOnThisPhone(page)
  await page.getByLabel('找一位居民').fill(name.slice(1))
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('list', { name: '找到的居民' }).getByRole('link', { name: '吴*梅' }).click()
  await page.getByText(place).waitFor()
  await page.getByText('199****7001').waitFor()
  await expectAccessible(page, '/grid/people/:id')
  await page.getByRole('button', { name: '今天带上' }).click()
  await page.getByRole('button', { name: '已经带上' }).waitFor()
  const kept = await page.evaluate(() => JSON.stringify(localStorage))
  for (const secret of ['19999997001', name]) expect(kept).not.toContain(secret)

  watch.cut = true
  await context.setOffline(true)
  await page.reload()
  await page.getByText(/没有网络，这是 .* 带上的/).waitFor()
  await page.getByRole('link', { name: '走访' }).click()
  await page.getByRole('radio', { name: '本人' }).check({ force: true })
  await page.getByRole('radio', { name: '要多留意' }).check({ force: true })
  await page.getByText('窗口登记').first().waitFor()
  await page.getByRole('button', { name: '改联系电话' }).click()
  await page.getByLabel('现在的联系电话').fill('1999999700')
  await page.getByRole('switch', { name: '独居老人' }).check({ force: true })
  await page.getByLabel('依据').fill('入户走访，本人说儿子上月搬走')
  await page.getByLabel('记一笔').fill('药快吃完了，下次带血压计。')
  await page.locator('input[type=file][capture]').setInputFiles(await takePhoto({ lon: 103.5026, lat: 30.1966 }))
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await page.getByRole('button', { name: '完成走访' }).click()
  await page.getByRole('alert').getByText('电话请写 11 位手机号').waitFor()
  await page.getByLabel('现在的联系电话').fill('19999997002')
  await expectAccessible(page, '/grid/people/:id/visit')
  await page.reload()
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  expect(await page.getByLabel('现在的联系电话').inputValue()).toBe('19999997002')
  await page
    .getByText('见到谁')
    .first()
    .evaluate((element) => element.scrollIntoView())
  await picture(page, 'grid-visit')
  expect(await page.getByLabel('记一笔').inputValue()).toBe('药快吃完了，下次带血压计。')
  await page.getByRole('button', { name: '完成走访' }).dblclick()
  await page.getByText('先存在手机里了').waitFor()
  // The page is gone before anything was sent; what was noted is not.
  await page.close()
  expect(await visitsOf(town, personId)).toEqual([])
  const again = await context.newPage()
  await again.goto('/grid/queue')
  await again.getByText('走访：吴*梅').waitFor()
  await context.setOffline(false)
  await again.getByText('都发完了').waitFor()
  watch.cut = false

  const visits = await visitsOf(town, personId)
  expect(visits).toMatchObject([{ met: 'person', result: 'concern', fields: ['phone'], corrections: [] }])
  expect(visits[0]?.attachments).toHaveLength(1)
  const file = await fileOf(town, personId)
  expect(file.seq).toBe(4)
  expect(file.values.find(({ field }) => field === 'phone')).toMatchObject({ masked: '199****7002', source: 'visit' })
  expect(file.careGroups).toMatchObject([{ key: 'elder.lives-alone', basis: '入户走访，本人说儿子上月搬走', to: null }])

  const { page: office } = await town.openWorkbench('community', { path: `persons/${personId}` })
  await office.getByText('199****7002').waitFor()
  await office.getByText('依据：入户走访，本人说儿子上月搬走').waitFor()
  await office.getByText('药快吃完了，下次带血压计。').waitFor()
  await office.getByText('更新了联系电话、独居老人').waitFor()
  await office.getByText('周倩').first().waitFor()
  await expectAccessible(office, 'person with a visit')
})

test('what the office changed while the visit waited for a signal is not overwritten: both stay, and the community decides', async ({
  town,
}) => {
  const { personId } = await someone(town, { name: '方玉兰', phone: '19999997011', dwelling: '702室' })
  const { page, context, watch } = await town.openGrid('grid', { path: `people/${personId}` })
  await keptOnThisPhone(page)
  await page.getByRole('button', { name: '今天带上' }).click()
  watch.cut = true
  await context.setOffline(true)
  await page.getByRole('link', { name: '走访' }).click()
  await page.getByRole('radio', { name: '家人' }).check({ force: true })
  await page.getByRole('radio', { name: '平安' }).check({ force: true })
  await page.getByRole('button', { name: '改联系电话' }).click()
  await page.getByLabel('现在的联系电话').fill('19999997012')
  await page.getByRole('button', { name: '完成走访' }).click()
  await page.getByText('先存在手机里了').waitFor()
  const change = { change: 'corrected', values: { phone: '19999997013' } }
  await (await town.api('community')).post(`/persons/${personId}/changes`, {
    requestId: randomUUID(),
    expectedSeq: 2,
    source: 'counter',
    change,
  })
  await context.setOffline(false)
  await page.getByText('走访已经记上').waitFor()
  watch.cut = false
  await page.getByText('联系电话没有直接改').waitFor()
  expect((await fileOf(town, personId)).values.find(({ field }) => field === 'phone')).toMatchObject({ masked: '199****7013' })

  const { page: office } = await town.openWorkbench('community', { path: `persons/${personId}` })
  await office.getByText('待核对：联系电话 199****7012').waitFor()
  await office.getByRole('button', { name: '采用走访的' }).click()
  await office.getByText('已采用走访的').waitFor()
  expect((await fileOf(town, personId)).values.find(({ field }) => field === 'phone')).toMatchObject({ masked: '199****7012' })
  expect((await visitsOf(town, personId))[0]?.corrections).toMatchObject([{ field: 'phone', outcome: 'applied' }])
})

test('who was taken along for a round goes with signing out', async ({ town }) => {
  const { page } = await town.openBrowser('one phone for a round', { viewport: phone, hasTouch: true })
  await page.goto('/grid/')
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByRole('link', { name: '居民' }).click()
  await page.getByRole('button', { name: '带上本网格的关爱对象' }).click()
  const round = page.getByRole('list', { name: '今天带上的' })
  await round.getByRole('link').nth(3).waitFor()
  expect(await round.getByRole('link').count()).toBeLessThanOrEqual(40)
  await expectAccessible(page, '/grid/people')
  await page.setViewportSize({ width: 320, height: 700 })
  await expectNoSidewaysScroll(page, 'people at 320 px')
  await signOutOfGrid(page)
  expect(await page.evaluate(() => localStorage.getItem('linli.grid.along'))).toBeNull()
})

test('look-up, file and visit are complete in English and bear the narrowest phone', async ({ town }) => {
  const { personId, place } = await someone(town, { name: '胡秀珍', phone: '19999997021', dwelling: '703室' })
  const { page } = await town.openGrid('grid', { path: `people/${personId}`, lang: 'en', size: { width: 320, height: 700 } })
  await page.getByText('199****7021').waitFor()
  const own = await collectData(town.url, await town.api('grid'))
  const names = await pageData(page)
  expect((await findChinese(page, own)).filter((found) => !names.some((known) => found.includes(known)))).toEqual([])
  await expectNoSidewaysScroll(page, 'person at 320 px')
  await page.getByRole('link', { name: 'Report an event here' }).click()
  await expect.poll(() => page.getByLabel('Building, door, stretch of road').inputValue()).toBe(place)
  await page.goBack()
  await page.getByRole('link', { name: 'Visit', exact: true }).click()
  await page.getByRole('radio', { name: 'In person' }).check({ force: true })
  await page.getByRole('button', { name: 'Change: Phone' }).click()
  await expectNoSidewaysScroll(page, 'visit at 320 px')
  await expectAccessible(page, 'visit in English')
})

/** What stands in Chinese because it is a name or was typed. */
const pageData = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('[lang="zh-CN"]')].map((element) => element.textContent ?? ''))

/** Somebody who is recorded in the cell of the grid worker, in a dwelling of her own. */
async function someone(
  town: JourneyTown,
  { name, phone: number, dwelling }: { name: string; phone: string; dwelling: string },
): Promise<{ personId: string; name: string; place: string }> {
  const worker = await town.api('grid')
  const { actingPost } = await worker.get<{ actingPost: { areaCode: string } }>('/me')
  const [cell] = (await worker.get<{ items: { areaId: string; parentId: string }[] }>(`/public/areas?code=${actingPost.areaCode}`)).items
  const { items } = await worker.get<{ items: { buildingId: string; cellId: string }[] }>(`/public/buildings?communityId=${cell!.parentId}`)
  const building = items.find(({ cellId }) => cellId === cell!.areaId)!
  const { addressId, fullName } = await worker.post<{ addressId: string; fullName: string }>('/addresses', {
    requestId: randomUUID(),
    buildingId: building.buildingId,
    entrance: '9单元',
    dwelling,
  })
  const { personId } = await worker.post<{ personId: string }>('/persons', {
    requestId: randomUUID(),
    values: { name, phone: number },
    communityCode: actingPost.areaCode.slice(0, 12),
    home: { addressId, residence: 'owner', on: '2026-01-05' },
    source: 'counter',
  })
  return { personId, name, place: fullName }
}

const visitsOf = async (town: JourneyTown, personId: string): Promise<Visit[]> =>
  (await (await town.api('community')).get<{ items: Visit[] }>(`/persons/${personId}/visits`)).items

const fileOf = async (town: JourneyTown, personId: string): Promise<File> => (await town.api('community')).get<File>(`/persons/${personId}`)
