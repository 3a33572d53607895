import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { CaseState } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { keptOnThisPhone } from './support/phone-acts.ts'
import { takePhoto } from './support/photo.ts'
import type { JourneyTown } from './support/town.ts'

interface Entry {
  seq: number
  move: string
  byName: string
  data: Record<string, unknown>
  attachments: unknown[]
}

test('a matter opens on the phone from the list of the day: its deadline, its words, whom to call; a step with a photo is made in flight mode, twice tapped and once written [GRID-02] (offline step on a matter)', async ({
  town,
}) => {
  const { caseId, title } = await reported(town, '三号楼前窨井盖断了一角')
  const { page, context, watch } = await town.openGrid('grid')
  await keptOnThisPhone(page)
  await page.getByRole('link', { name: new RegExp(title) }).click()
  await page.getByRole('heading', { name: title }).waitFor()
  await page.getByText('剩').first().waitFor()
  await expectAccessible(page, '/grid/cases/:id')
  await page.setViewportSize({ width: 320, height: 700 })
  await expectNoSidewaysScroll(page, 'a matter at 320 px')
  await page.setViewportSize({ width: 390, height: 844 })

  watch.cut = true
  await context.setOffline(true)
  await page.reload()
  await page.getByText(/没有网络，这是 .* 读到的/).waitFor()
  await page.getByRole('button', { name: '网格自处置' }).click()
  const dialog = page.getByRole('dialog', { name: '网格自处置' })
  await expectAccessible(page, 'step, in flight mode')
  await dialog.getByRole('button', { name: '网格自处置' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.locator('textarea').first().fill('已用警示带围住，换了新井盖。')
  await dialog.locator('input[type=file][capture]').setInputFiles(await takePhoto({ lon: 103.5026, lat: 30.1966 }))
  await dialog.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await dialog.getByRole('button', { name: '网格自处置' }).dblclick()
  await page.getByText('网格自处置，待发').waitFor()
  await page.getByText('这一步还没发出去').waitFor()
  // The page is gone before anything was sent.
  await page.reload()
  await page.getByText('网格自处置，待发').waitFor()
  await context.setOffline(false)
  await page.getByText('网格自处置，待发').waitFor({ state: 'hidden' })
  watch.cut = false
  const log = await entriesOf(town, caseId)
  const made = log.filter(({ move }) => move === 'selfHandle')
  expect(made).toHaveLength(1)
  expect(made[0]).toMatchObject({ byName: '周倩' })
  expect(made[0]?.attachments).toHaveLength(1)
  expect(Object.values(made[0]?.data ?? {}).join()).toMatch(/换了新井盖。（.*记下，当时没有网络）/)
})

test('a step on a state that has gone by comes back with what others did meanwhile and where the matter is now; what was written is not lost', async ({
  town,
}) => {
  const { caseId, title } = await reported(town, '六号楼后墙根渗水')
  const { page, context, watch } = await town.openGrid('grid', { path: `cases/${caseId}` })
  await keptOnThisPhone(page)
  await page.getByRole('button', { name: '网格自处置' }).waitFor()
  watch.cut = true
  await context.setOffline(true)
  await page.getByRole('button', { name: '不予立案' }).click()
  const dialog = page.getByRole('dialog', { name: '不予立案' })
  await dialog.getByRole('radio', { name: '到场时已经解决' }).check({ force: true })
  await dialog.locator('textarea').first().fill('到场时已经干了。')
  await dialog.getByRole('button', { name: '不予立案' }).click()
  await page.getByText('不予立案，待发').waitFor()
  // Meanwhile the community registers it.
  await (await town.api('community')).move(caseId, 'note', { note: '住户又来电话，还在渗。' })
  watch.allow(409)
  await context.setOffline(false)
  await page.getByText(/“不予立案”.*没有办成/).waitFor()
  await page.getByText(/现在：/).waitFor()
  watch.cut = false
  await expectAccessible(page, 'a step that came back')
  await page.goto('/grid/queue')
  await page.getByText(/现在：/).waitFor()
  await expectAccessible(page, '/grid/queue with a step')
  await page.getByRole('list').getByRole('link', { name: '去看看' }).click()
  await page.getByRole('button', { name: '照现在的样子再办' }).click()
  await expect.poll(() => page.getByRole('dialog').locator('textarea').first().inputValue()).toMatch(/^到场时已经干了。/)
  await page.getByRole('dialog').getByRole('button', { name: '不予立案' }).click()
  await expect.poll(async () => (await entriesOf(town, caseId)).filter(({ move }) => move === 'dismiss').length).toBe(1)
  expect(title).toBeTruthy()
})

test('a matter on the phone is complete in English', async ({ town }) => {
  const { caseId } = await reported(town, '五号楼西侧路灯不亮')
  const { page } = await town.openGrid('grid', { path: `cases/${caseId}`, lang: 'en', size: { width: 320, height: 700 } })
  await page.getByText('What happened').waitFor()
  const own = await collectData(town.url, await town.api('grid'))
  const names = await page.evaluate(() => [...document.querySelectorAll('[lang="zh-CN"], h1')].map((element) => element.textContent ?? ''))
  expect((await findChinese(page, own)).filter((found) => !names.some((known) => found.includes(known)))).toEqual([])
  await page.locator('.foot button').first().click()
  await page.getByRole('dialog').waitFor()
  expect((await findChinese(page, own)).filter((found) => !names.some((known) => found.includes(known)))).toEqual([])
  await expectAccessible(page, 'a step in English')
})

/** An event of the cell, reported by the worker, that waits to be registered. */
async function reported(town: JourneyTown, title: string): Promise<{ caseId: string; title: string }> {
  const worker = await town.api('grid')
  const { actingPost } = await worker.get<{ actingPost: { areaCode: string } }>('/me')
  const { caseId } = await worker.post<CaseState>('/cases', {
    requestId: randomUUID(),
    kind: 'event',
    channel: 'grid',
    category: 'ev-fac',
    level: 'pressing',
    title,
    detail: `${title}，过路的人要绕开走。`,
    areaCode: actingPost.areaCode,
  })
  return { caseId, title }
}

const entriesOf = async (town: JourneyTown, caseId: string): Promise<Entry[]> =>
  (await (await town.api('community')).get<{ items: Entry[] }>(`/cases/${caseId}/entries`)).items
