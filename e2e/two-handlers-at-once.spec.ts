import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { dispatchAppeal, fileAppeal } from './support/api.ts'
import { dialogOf, fill, movesOf, offeredMoves, openCase, receiptOf, sendHeld, sendMove, startMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import type { JourneyTown } from './support/town.ts'

const oldEstate = '510131001002'

test('a double click on a step makes one entry', async ({ town }) => {
  const { caseId, entries } = await caseAtHousing(town, '水管接头漏水，地上都是水。')
  const { page } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  await movesOf(page).getByRole('button', { name: '签收' }).dblclick()
  await sendHeld(page)
  const dialog = await startMove(page, '内部备注')
  await fill(dialog, '内部备注', '先关总阀。')
  await dialog.getByRole('button', { name: '内部备注' }).dblclick()
  await dialog.waitFor({ state: 'hidden' })
  const made = await entries()
  expect(made.filter((move) => move === 'claim')).toHaveLength(1)
  expect(made.filter((move) => move === 'note')).toHaveLength(1)
})

test('of two handlers at once one wins; the other is told who did what, keeps the words and can act again [GRID-06]', async ({ town }) => {
  const { caseId, entries } = await caseAtHousing(town, '楼顶积水排不出去。')
  await (await town.api('housing-clerk')).move(caseId, 'claim')
  const { page: winner } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  const { page: loser, watch } = await openDeaf(town, 'housing-clerk-2', caseId)
  watch.allow(409)

  const reply = await startMove(loser, '答复')
  await fill(reply, '给居民的答复', '排水口清通了，请您放心。')
  const call = await startMove(winner, '联系居民')
  await call.getByRole('button', { name: '现在' }).click()
  await sendMove(winner)

  await reply.locator('.wb-dialog-body').press('Control+Enter')
  await reply.getByText('这件事刚有变化').waitFor()
  const told = await reply.locator('.wb-conflict').innerText()
  expect(told).toContain('刘芳（县住房和城乡建设局）')
  expect(told).toContain('联系居民')
  expect(told).toContain('您这一步还能办')
  expect(await reply.getByLabel(/^给居民的答复/).inputValue()).toBe('排水口清通了，请您放心。')
  await reply.getByRole('button', { name: /按新状态答复/ }).click()
  await receiptOf(loser).waitFor()
  expect((await entries()).filter((move) => move === 'reply')).toHaveLength(1)
})

test('who comes too late for a step is told that it is done, and the words can be taken along', async ({ town }) => {
  const { caseId, entries } = await caseAtHousing(town, '电梯门关不上。')
  await (await town.api('housing-clerk')).move(caseId, 'claim')
  const { page, watch } = await openDeaf(town, 'housing-clerk-2', caseId)
  watch.allow(409, 403)
  const reply = await startMove(page, '答复')
  await fill(reply, '给居民的答复', '我这边也修好了。')
  await (await town.api('housing-clerk')).move(caseId, 'reply', { reply: '门机换了新的。' })

  await reply.locator('.wb-dialog-body').press('Control+Enter')
  await reply.getByText('您这一步现在不能办了').waitFor()
  expect(await reply.getByLabel(/^给居民的答复/).inputValue()).toBe('我这边也修好了。')
  await reply.getByRole('button', { name: '复制我写的' }).waitFor()
  await page.keyboard.press('Escape')
  await reply.waitFor({ state: 'hidden' })
  expect(await offeredMoves(page)).not.toContain('答复')
  expect((await entries()).filter((move) => move === 'reply')).toHaveLength(1)
})

test('a page that hears of the change in time says so in the open dialog, before anything is sent', async ({ town }) => {
  const { caseId } = await caseAtHousing(town, '消防通道被堵。')
  await (await town.api('housing-clerk')).move(caseId, 'claim')
  const { page } = await town.openWorkbench('housing-clerk-2', { path: `cases/${caseId}` })
  const reply = await startMove(page, '答复')
  await fill(reply, '给居民的答复', '已请城管一起清理。')
  await (await town.api('housing-clerk')).move(caseId, 'note', { note: '下午三点去。' })
  await reply.getByText('这件事刚有变化').waitFor()
  await reply.getByRole('button', { name: /按新状态答复/ }).click()
  await dialogOf(page).waitFor({ state: 'hidden' })
  await receiptOf(page).waitFor()
})

/** An appeal that waits to be claimed at the housing bureau. */
async function caseAtHousing(town: JourneyTown, detail: string): Promise<{ caseId: string; entries(): Promise<string[]> }> {
  const { number } = await fileAppeal(town.url, { detail, areaCode: oldEstate })
  const caseId = await dispatchAppeal(town, number)
  const reader = await town.api('dispatcher')
  return {
    caseId,
    entries: async () => (await reader.get<{ items: { move: string }[] }>(`/cases/${caseId}/entries`)).items.map(({ move }) => move),
  }
}

/** A browser whose live line is dead, so that it learns of changes from the server's refusal alone. */
async function openDeaf(
  town: JourneyTown,
  account: string,
  caseId: string,
): Promise<{ page: Page; watch: { allow(...statuses: number[]): void } }> {
  const { page, context, watch } = await town.openWorkbench(account)
  watch.cut = true
  await context.route('**/api/v1/stream', (route) => route.abort())
  await openCase(page, caseId)
  return { page, watch }
}
