import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { dispatchAppeal, fileAppeal } from './support/api.ts'
import { caseOf, choose, dialogOf, fill, offeredMoves, openCase, pickUnit, sendMove, startMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import type { JourneyTown } from './support/town.ts'

const oldEstate = '510131001002'

test('rejected by one unit with reason and basis, then by another: the county rules, and nobody rejects it again [GRID-03] (rejected once, then the common superior rules)', async ({
  town,
}) => {
  const caseId = await caseAtHousing(town, '围墙外的边沟堵了，雨天积水进院子。')
  const { page: clerk } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  let dialog = await startMove(clerk, '退单')
  await choose(dialog, '退单原因', '权属不在本单位')
  await fill(dialog, '依据', '边沟在红线以外，由市政管养，附红线图。')
  await sendMove(clerk)
  expect(await offeredMoves(clerk)).not.toContain('签收')

  const { page: dispatcher } = await town.openWorkbench('dispatcher', { path: `cases/${caseId}` })
  await caseOf(dispatcher).getByText('县住房和城乡建设局退单').waitFor()
  expect(await offeredMoves(dispatcher)).toContain('提请裁定')
  await caseOf(dispatcher).getByRole('button', { name: '换单位' }).click()
  dialog = dialogOf(dispatcher)
  await pickUnit(dialog, '承办单位', '县综合行政执法局')
  await sendMove(dispatcher)
  await (await town.api('law-clerk')).move(caseId, 'rejectDispatch', { code: 'duty', basis: '三定方案没有边沟维护这一项' })

  // The township sees the dispute and may not rule: both are departments of the county.
  await openCase(dispatcher, caseId)
  await caseOf(dispatcher).getByText('等蒲江县裁定').waitFor()
  expect(await offeredMoves(dispatcher)).not.toContain('裁定')

  const { page: center } = await town.openWorkbench('county-dispatcher', { path: `cases/${caseId}` })
  const bases = await caseOf(center).locator('.wb-together q').allInnerTexts()
  expect(bases).toEqual(['边沟在红线以外，由市政管养，附红线图。', '三定方案没有边沟维护这一项'])
  await picture(center, 'ruling')
  dialog = await startMove(center, '裁定')
  await pickUnit(dialog, '承办单位', '县住房和城乡建设局')
  await fill(dialog, '裁定依据', '《履行职责事项清单》写明小区红线外两米内边沟由住建部门负责。')
  await sendMove(center)
  await caseOf(center).getByText('蒲江县已裁定').waitFor()

  await openCase(clerk, caseId)
  const offered = await offeredMoves(clerk)
  expect(offered).toContain('签收')
  expect(offered).not.toContain('退单')
})

test('a leader begins at the overdue count of the first page and is at a ruling with both bases in at most four clicks [GRID-03] (rejected once, then the common superior rules)', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('county-lead')
  let clicks = 0
  const click = async (target: Locator): Promise<void> => {
    clicks += 1
    await target.click()
  }
  const overdue = page.getByRole('button', { name: /超时/ })
  await overdue.waitFor()
  expect(Number(await overdue.locator('b').innerText())).toBeGreaterThan(0)
  await click(overdue)
  await click(page.locator('.wb-table-panel tbody tr', { hasText: '待裁定' }).first())
  await caseOf(page)
    .getByText(/^等.+裁定/)
    .waitFor()
  const bases = await caseOf(page).locator('.wb-together q').allInnerTexts()
  expect(bases.length).toBeGreaterThanOrEqual(2)
  expect(bases.every((basis) => basis.trim().length > 2)).toBe(true)
  expect(clicks).toBeLessThanOrEqual(4)
})

test('one unit leads and another does a part of it by its own clock; the resident gets one answer of both', async ({ town }) => {
  const caseId = await caseAtHousing(town, '楼下的树根把管沟顶裂了，路面拱起来。')
  await (await town.api('housing-clerk')).move(caseId, 'claim')
  const { page: lead } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  let dialog = await startMove(lead, '请别家协办')
  await pickUnit(dialog, '协办单位', '县综合行政执法局')
  await fill(dialog, '请它办什么', '请先把树根处理掉')
  await sendMove(lead)
  expect(await offeredMoves(lead)).not.toContain('答复')

  const { page: other } = await town.openWorkbench('law-clerk', { path: 'list' })
  await other.locator('.wb-table-panel tbody tr', { hasText: '楼下的树根' }).click()
  dialog = await startMove(other, '报协办结果')
  await fill(dialog, '协办结果', '树根已截断，穴口回填。')
  await sendMove(other)

  await openCase(lead, caseId)
  await picture(lead, 'case')
  dialog = await startMove(lead, '答复')
  const answer = dialog.getByLabel(/^给居民的答复/)
  expect(await answer.inputValue()).toBe('县综合行政执法局：树根已截断，穴口回填。')
  await answer.fill('县综合行政执法局截断了树根，我们换了管沟盖板，路面已找平。')
  await sendMove(lead)
})

async function caseAtHousing(town: JourneyTown, detail: string): Promise<string> {
  const { number } = await fileAppeal(town.url, { detail, areaCode: oldEstate })
  return dispatchAppeal(town, number)
}
