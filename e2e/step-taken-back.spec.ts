import { expect } from 'vitest'
import { dispatchAppeal, fileAppeal } from './support/api.ts'
import { expectAccessible } from './support/check-page.ts'
import { caseOf, heldOf, movesOf, offeredMoves, openCase, receiptOf } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import type { JourneyTown } from './support/town.ts'

const oldEstate = '510131001002'

test('a step of one key can be taken back for ten seconds, by key and by button, and then nothing of it was sent', async ({ town }) => {
  const { caseId, claims } = await caseAtHousing(town, '自行车棚的灯一直闪。')
  const { page } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && request.url().includes('/moves/') && sent.push(request.url()))
  await movesOf(page).getByRole('button', { name: '签收' }).waitFor()

  await page.locator('body').press('Enter')
  await heldOf(page).getByText('“签收”等十秒再发出').waitFor()
  await page.keyboard.press('Control+z')
  await caseOf(page).getByText('已撤销，什么都没有发出').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('签收')

  // Both clicks of a double click are one step; the second must not be taken for "undo".
  await movesOf(page).getByRole('button', { name: '签收' }).dblclick()
  await heldOf(page).waitFor()
  await page.waitForFunction(() => /[1-8] 秒/.test(document.querySelector('.wb-held-count')?.textContent ?? ''))
  await heldOf(page).getByRole('button', { name: '撤销' }).click()
  await heldOf(page).waitFor({ state: 'hidden' })
  expect([await claims(), sent]).toEqual([0, []])
})

test('the note of a held step passes axe [ACC-02] (WCAG, automated)', async ({ town }) => {
  const { caseId } = await caseAtHousing(town, '门卫室的灯不亮。')
  const { page } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  await movesOf(page).getByRole('button', { name: '签收' }).click()
  await heldOf(page).waitFor()
  // On a busy machine the step may go out while this looks; the other tests do not wait for it.
  await expectAccessible(page, 'a held step')
})

test('what is not taken back goes out once: by itself, on going to another page, and on closing the window', async ({ town }) => {
  const [waited, left, closed] = [
    await caseAtHousing(town, '一单元的门铃不响。'),
    await caseAtHousing(town, '二单元的门铃不响。'),
    await caseAtHousing(town, '三单元的门铃不响。'),
  ]
  const { page } = await town.openWorkbench('housing-clerk', { path: `cases/${waited.caseId}` })
  await movesOf(page).getByRole('button', { name: '签收' }).click()
  await receiptOf(page).getByText('已记下“签收”').waitFor()
  expect(await waited.claims()).toBe(1)

  await openCase(page, left.caseId)
  await movesOf(page).getByRole('button', { name: '签收' }).click()
  await heldOf(page).waitFor()
  await page.locator('.wb-rail').getByRole('link', { name: '收件' }).click()
  await expect.poll(left.claims).toBe(1)

  await openCase(page, closed.caseId)
  await movesOf(page).getByRole('button', { name: '签收' }).click()
  await heldOf(page).waitFor()
  await page.close({ runBeforeUnload: true })
  await expect.poll(closed.claims, { timeout: 5000 }).toBe(1)
})

test('somebody who was faster within the ten seconds is named, on the open case at once and elsewhere beside the page', async ({
  town,
}) => {
  const here = await caseAtHousing(town, '健身器材松了。')
  const { page, watch } = await town.openWorkbench('housing-clerk-2', { path: `cases/${here.caseId}` })
  watch.allow(403, 409)
  await movesOf(page).getByRole('button', { name: '签收' }).click()
  await heldOf(page).waitFor()
  await (await town.api('housing-clerk')).move(here.caseId, 'claim')
  await page.locator('.wb-conflict').getByText('刘芳（县住房和城乡建设局）').waitFor()
  expect(await offeredMoves(page)).not.toContain('签收')
  expect(await here.claims()).toBe(1)

  const there = await caseAtHousing(town, '长椅断了一根。')
  watch.cut = true
  await page.context().route('**/api/v1/stream', (route) => route.abort())
  await openCase(page, there.caseId)
  await movesOf(page).getByRole('button', { name: '签收' }).click()
  await heldOf(page).waitFor()
  await (await town.api('housing-clerk')).move(there.caseId, 'claim')
  await page.locator('.wb-rail').getByRole('link', { name: '收件' }).click()
  const problem = page.getByRole('alert').filter({ hasText: '“签收”没有办成' })
  await problem.getByRole('link', { name: '看这件事' }).click()
  await caseOf(page).waitFor()
  expect(await there.claims()).toBe(1)
})

/** An appeal that waits to be claimed at the housing bureau, and how often it was. */
async function caseAtHousing(town: JourneyTown, detail: string): Promise<{ caseId: string; claims(): Promise<number> }> {
  const { number } = await fileAppeal(town.url, { detail, areaCode: oldEstate })
  const caseId = await dispatchAppeal(town, number)
  const reader = await town.api('dispatcher')
  const claims = async () => {
    const { items } = await reader.get<{ items: { move: string }[] }>(`/cases/${caseId}/entries`)
    return items.filter(({ move }) => move === 'claim').length
  }
  return { caseId, claims }
}
