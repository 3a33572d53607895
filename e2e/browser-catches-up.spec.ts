import { expect } from 'vitest'
import { dispatchAppeal, fileAppeal, findCase } from './support/api.ts'
import { test } from './support/journey.ts'

const oldEstate = '510131001002'
/** Where nobody else files: the list of a busy desk has a second page by the end of a run. */
const village = '510131104201'

test('a desk that lost its connection says so, and shows what others did meanwhile as soon as it is back, without a reload', async ({
  town,
}) => {
  const gone = await fileAppeal(town.url, { detail: '村口井盖响，半夜吵人。', areaCode: village })
  const { page, context, watch } = await town.openWorkbench('village', { path: 'queue?tab=accept' })
  const list = page.locator('.wb-queue-list')
  await list.getByText('井盖响').first().waitFor()
  let loads = 0
  page.on('load', () => {
    loads += 1
  })

  watch.cut = true
  await context.setOffline(true)
  await page.getByText('连接断开，正在重连').waitFor()
  const worker = await town.api('village-2')
  await worker.move(await findCase(worker, gone.number), 'accept', { appealType: 'complaint' })
  const come = await fileAppeal(town.url, { detail: '村口水站停水两天。', areaCode: village })
  expect(await list.getByText('停水两天').count()).toBe(0)

  await context.setOffline(false)
  await list.getByText('停水两天').first().waitFor()
  await list.getByText('井盖响').first().waitFor({ state: 'hidden' })
  await page.getByText('已补齐，现在是最新').waitFor()
  watch.cut = false
  await page.getByRole('link', { name: /消息/ }).click()
  await page.locator('.wb-messages li').filter({ hasText: come.number }).waitFor()
  expect(loads).toBe(0)
})

test('a department whose line alone was cut gets what was dispatched to it, and its bell counts it', async ({ town }) => {
  // Narrowed to what is only in this one: in a long inbox it would stand far below.
  const { page, context, watch } = await town.openWorkbench('housing-clerk', { path: 'list?q=墙砖空鼓' })
  watch.cut = true
  let isCut = true
  await context.route('**/api/v1/stream', (route) => (isCut ? route.abort() : route.continue()))
  await page.reload()
  await page.getByText('连接断开，正在重连').waitFor()
  const { number } = await fileAppeal(town.url, { detail: '丝绸厂小区三栋外墙墙砖空鼓。', areaCode: oldEstate })
  await dispatchAppeal(town, number)
  isCut = false
  await page.getByRole('row').filter({ hasText: number }).waitFor()
  await page.locator('.wb-bell b').filter({ hasText: /\d/ }).waitFor()
})
