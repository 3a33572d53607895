import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { CaseState } from './support/api.ts'
import { expectAccessible } from './support/check-page.ts'
import {
  caseOf,
  choose,
  dialogOf,
  fill,
  movesOf,
  offeredMoves,
  openCase,
  pickMatter,
  sendHeld,
  sendMove,
  startMove,
} from './support/desk-acts.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { takePhoto } from './support/photo.ts'
import { picture } from './support/picture.ts'
import { desk, type JourneyTown, phone } from './support/town.ts'

const what = '井台旁边的燃气调压箱门开着，闻得到气味'

test('an event from report to a check by somebody else: reported, registered, dispatched, handled with a picture, done again, closed [GRID-02] (report by staff, online) [GRID-04]', async ({
  town,
}) => {
  const { page: grid } = await town.openWorkbench('grid', { path: 'intake' })
  const { number, caseId } = await report(grid, { what, category: '安全隐患', level: '较急' })
  expect(number).toMatch(/^\d{8}-\d{6,}$/)

  // Whoever found it saw it: registering it is one dialog with what is known already.
  await openCase(grid, caseId)
  await movesOf(grid).getByRole('button', { name: '立案', exact: true }).click()
  await dialogOf(grid).waitFor()
  await sendMove(grid)

  const { page: office } = await town.openWorkbench('dispatcher', { path: 'queue?kind=event&tab=dispatch' })
  await office.locator('.wb-list').getByText(what).click()
  // The duty list of events says whose it is, by the words and the category.
  await movesOf(office)
    .getByRole('button', { name: /派.*县住房和城乡建设局/ })
    .click()
  await sendHeld(office)

  const { page: clerk } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  await movesOf(clerk).getByRole('button', { name: '签收' }).click()
  await sendHeld(clerk)
  let dialog = await startMove(clerk, '报处置结果')
  await fill(dialog, '处置结果', '已关门上锁，查漏合格。')
  await dialog.locator('.wb-dialog-body').press('Control+Enter')
  // A hazard is not done by words alone.
  await dialog.getByRole('alert').getByText('现场照片').first().waitFor()
  await dialog.locator('input[type="file"]').setInputFiles(await takePhoto({ lon: 103.5, lat: 30.2 }))
  await dialog.getByRole('button', { name: '移除' }).waitFor()
  await sendMove(clerk)
  expect(await offeredMoves(clerk)).not.toContain('核查')

  const before = await clock(town, caseId)
  // The grid worker who reported it goes and looks.
  await grid.goto('/workbench/queue?kind=event&tab=check')
  await grid.locator('.wb-list').getByText(what).click()
  dialog = await startMove(grid, '核查')
  await choose(dialog, '核查通过吗', '否')
  await fill(dialog, '核查情况', '门又被风吹开了，没有上锁。')
  await picture(grid, 'check')
  await sendMove(grid)

  await openCase(clerk, caseId)
  await caseOf(clerk).getByText('门又被风吹开了').waitFor()
  expect(await clock(town, caseId)).toBe(before)
  dialog = await startMove(clerk, '报处置结果')
  await fill(dialog, '处置结果', '换了新锁，锁好了。')
  await dialog.locator('input[type="file"]').setInputFiles(await takePhoto({ lon: 103.5, lat: 30.2 }, 90))
  await dialog.getByRole('button', { name: '移除' }).waitFor()
  await sendMove(clerk)

  await openCase(grid, caseId)
  dialog = await startMove(grid, '核查')
  await choose(dialog, '核查通过吗', '是')
  await sendMove(grid)
  await openCase(office, caseId)
  await caseOf(office).getByRole('toolbar').getByRole('button', { name: '结案' }).click()
  await sendHeld(office)
  await caseOf(office).locator('.wb-case-meta').getByText('已结案').waitFor()

  // It is in the list of events and in none of appeals.
  await office.goto(`/workbench/list?kind=event&q=${number}`)
  await office.locator('.wb-table-panel tbody tr').getByText(number).waitFor()
  await office.goto(`/workbench/list?q=${number}`)
  await office.getByText('没有符合条件的').waitFor()
})

test('a desk reads and reports grid events with axe content, in Chinese and English, at a desk and on a phone [ACC-02] (WCAG, automated)', async ({
  town,
}) => {
  for (const path of ['queue?kind=event', 'list?kind=event', 'intake']) {
    for (const size of [desk, phone]) {
      const { page } = await town.openWorkbench('dispatcher', { path, size })
      if (path === 'intake') await pickMatter(page, '安全隐患')
      await expectAccessible(page, `${path} at ${size.width}`)
    }
  }
  const { page } = await town.openWorkbench('dispatcher', { path: 'list?kind=event', lang: 'en' })
  await page.getByRole('link', { name: /^Grid events/ }).waitFor()
  await page.locator('.wb-table-panel tbody tr').first().click()
  await caseOf(page).waitFor()
  expect(await findChinese(page, await collectData(town.url, await town.api('dispatcher')))).toEqual([])
})

/** As a grid worker reports at the desk: kind, words, place and how urgent. */
async function report(page: Page, event: { what: string; category: string; level: string }): Promise<{ number: string; caseId: string }> {
  await pickMatter(page, event.category)
  await page.locator('#intake-detail').fill(`${event.what}。`)
  await page.getByLabel('紧急程度').selectOption({ label: event.level })
  const filed = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/api/v1/cases'))
  await page.locator('#intake-detail').press('Control+Enter')
  const answer = (await (await filed).json()) as { number: string; caseId: string }
  await page.getByText(answer.number).first().waitFor()
  return answer
}

/** The deadline of the unit that handles it. */
async function clock(town: JourneyTown, caseId: string): Promise<string | undefined> {
  const { clocks } = await (await town.api('dispatcher')).get<CaseState>(`/cases/${caseId}`)
  return clocks.find(({ key }) => key === 'disposal')?.dueAt
}
