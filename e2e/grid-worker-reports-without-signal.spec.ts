import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { keptOnThisPhone, signOutOfGrid } from './support/phone-acts.ts'
import { takePhoto } from './support/photo.ts'
import { picture } from './support/picture.ts'
import { signIn } from './support/sign-in.ts'
import { type JourneyTown, phone } from './support/town.ts'

const gate = { lon: 103.5026, lat: 30.1966 }

interface Filed {
  caseId: string
  number: string
  kind: string
  category: string
  place: string | null
  position: unknown
  attachments: unknown[]
}

test('a grid worker reports an event in a cellar: photo, one tap, reloaded, and with the network back there is one case with its photo [GRID-02] (grid worker’s phone, offline)', async ({
  town,
}) => {
  const place = '地下车库 B1 层 17 号柱'
  const { page, context, watch } = await town.openGrid('grid')
  await keptOnThisPhone(page)
  watch.cut = true
  await context.setOffline(true)
  await page.getByRole('link', { name: '上报' }).click()
  const began = Date.now()
  await page.locator('input[type=file][capture]').setInputFiles(await takePhoto(gate))
  await page.getByText('先存着').waitFor()
  await page.getByRole('radio', { name: '消防通道堵塞' }).check({ force: true })
  await page.getByLabel('楼栋、门口、路段').fill(place)
  await expectAccessible(page, '/grid/report')
  await page.getByRole('heading', { name: '拍照' }).evaluate((element) => element.scrollIntoView())
  await picture(page, 'grid-report')
  await page.reload()
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  expect(await page.getByLabel('楼栋、门口、路段').inputValue()).toBe(place)
  expect(await page.getByLabel('类别').inputValue()).toBe('ev-safety')
  await page.getByRole('button', { name: '上报' }).dblclick()
  await page.getByText('先存在手机里了').waitFor()
  expect(Date.now() - began).toBeLessThan(60_000)
  await page.getByText('已发 0 / 1').waitFor()
  await page.reload()
  await page.getByText('先存在手机里了').waitFor()
  expect(await filedAt(town, place)).toEqual([])

  const sentPlace = page.waitForResponse((response) => response.url().endsWith('/public/uploads'))
  await context.setOffline(false)
  // What a camera writes into a photo has not left the phone.
  expect(((await (await sentPlace).json()) as { position: unknown }).position).toBeNull()
  await page.getByText('已经上报').waitFor()
  watch.cut = false
  await page.reload()
  await page.getByText('已经上报').waitFor()
  const [filed, ...more] = await filedAt(town, place)
  expect(more).toEqual([])
  expect(filed).toMatchObject({ kind: 'event', category: 'ev-safety', place, position: null })
  expect(filed?.attachments).toHaveLength(1)
  expect(await page.getByText(filed!.number).count()).toBe(1)
})

test('what a worker reported outlives a lost answer, his signing out, a colleague on the same phone and a "no": it is filed once, and nothing is dropped', async ({
  town,
}) => {
  const place = '北门岗亭东侧第三盏灯'
  const { page, context, watch } = await town.openBrowser('one phone, two workers', { viewport: phone, hasTouch: true })
  await page.goto('/grid/')
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByRole('heading', { name: /今天/ }).waitFor()
  let tried = 0
  watch.cut = true
  await context.route('**/api/v1/cases', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    tried += 1
    // It arrives, is committed, and the answer never comes back; then the line is dead.
    if (tried === 1) await route.fetch()
    return route.abort('connectionreset')
  })
  await page.goto('/grid/report')
  await page.getByLabel('补一句').fill('路灯不亮，晚上看不见台阶。')
  await page.getByLabel('类别').selectOption({ label: '公共设施' })
  await page.getByLabel('楼栋、门口、路段').fill(place)
  await page.getByRole('button', { name: '上报' }).click()
  await page.getByText('先存在手机里了').waitFor()
  await signOutOfGrid(page)
  await signIn(page, 'community', 'linli-demo-2026')
  await page.getByText('手机里还有别的账号没发完的 1 条').waitFor()
  await page.goto('/grid/queue')
  await page.getByText('都发完了').waitFor()
  expect(await page.getByText(place).count()).toBe(0)
  await signOutOfGrid(page)

  // Its category is gone for a while: the server says no, and what he did waits for him to look.
  await context.unroute('**/api/v1/cases')
  const refused = { type: 'about:blank', title: 'Unknown', status: 422, code: 'case.category_unknown', traceId: 'journey' }
  await context.route('**/api/v1/cases', (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 422, json: refused }) : route.continue(),
  )
  watch.cut = false
  watch.allow(422)
  await signIn(page, 'grid', 'linli-demo-2026')
  await page.getByText('没有收下，需要您看一下').waitFor()
  await page.reload()
  await page.getByText('没有收下，需要您看一下').waitFor()
  await context.unroute('**/api/v1/cases')
  await page.getByRole('link', { name: '去看看' }).click()
  await expectAccessible(page, '/grid/queue')
  await page.getByRole('button', { name: '再发一次' }).click()
  await page.getByText('都发完了').waitFor()
  expect(await filedAt(town, place)).toHaveLength(1)
})

test('the report page says what is missing, bears 320 pixels and larger text, and is complete in English', async ({ town }) => {
  const { page } = await town.openGrid('grid', { path: 'report', size: { width: 320, height: 700 } })
  await page.getByRole('button', { name: '上报' }).click()
  const summary = page.getByRole('alert')
  await summary.getByText('请点一个说法或选类别').click()
  expect(await page.getByLabel('类别').evaluate((element) => element === document.activeElement)).toBe(true)
  await expectNoSidewaysScroll(page, 'report at 320 px')
  const english = await town.openGrid('grid', { path: 'report', lang: 'en' })
  await english.page.getByRole('radio').first().waitFor()
  expect(await findChinese(english.page, await collectData(town.url, await town.api('grid')))).toEqual([])
})

/** What the community holds that was reported at this place, whole. */
async function filedAt(town: JourneyTown, place: string): Promise<Filed[]> {
  const worker = await town.api('community')
  const { items } = await worker.get<{ items: { caseId: string; place: string }[] }>(`/cases?kind=event&q=${encodeURIComponent(place)}`)
  return Promise.all(items.filter((one) => one.place === place).map(({ caseId }) => worker.get<Filed>(`/cases/${caseId}`)))
}
