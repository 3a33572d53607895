import { expect } from 'vitest'
import { findCase } from './support/api.ts'
import { caseOf, fill, openCase, pickMatter, pickUnit, sendMove, startMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

test('a community calls, the township issues, one unit reports in and one never comes; the lead closes with one record [GRID-05] (place is typed)', async ({
  town,
}) => {
  const { page: community } = await town.openWorkbench('community', { path: 'intake' })
  await pickMatter(community, '吹哨报到')
  await community.locator('#intake-detail').fill('路口塌了一块，水管、电缆都在下面，一家查不清。')
  await community.getByRole('combobox', { name: '紧急程度' }).selectOption('urgent')
  await community.getByRole('button', { name: /受理并打印/ }).click()
  const done = await community.getByRole('heading', { name: /\d{8}-\d{6}/ }).innerText()
  const number = /\d{8}-\d{6,}/.exec(done)![0]
  const caseId = await findCase(await town.api('dispatcher'), number)

  const { page: township } = await town.openWorkbench('dispatcher', { path: `cases/${caseId}` })
  let dialog = await startMove(township, '核准并吹哨')
  await pickUnit(dialog, '牵头部门', '县住房和城乡建设局')
  await pickUnit(dialog, '参加部门', '县水务局')
  await pickUnit(dialog, '参加部门', '县综合行政执法局', 1)
  await fill(dialog, '请部门做什么', '到路口一起查管线')
  await sendMove(township)

  const { page: water } = await town.openWorkbench('water-clerk', { path: `cases/${caseId}` })
  dialog = await startMove(water, '报到')
  await fill(dialog, '到了哪里', '塌陷路口东侧')
  await sendMove(water)
  const { page: lead } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  dialog = await startMove(lead, '牵头报到')
  await fill(dialog, '到了哪里', '塌陷路口')
  await sendMove(lead)

  await openCase(township, caseId)
  await picture(township, 'call-out')
  dialog = await startMove(township, '确认到场')
  await fill(dialog, '现场商定', '先围挡，水务查漏，再回填')
  await sendMove(township)
  await openCase(lead, caseId)
  dialog = await startMove(lead, '办结')
  await fill(dialog, '联合记录', '围挡、查漏、回填完成，两家签字。')
  await sendMove(lead)

  await caseOf(lead).getByText('围挡、查漏、回填完成，两家签字。').waitFor()
  await caseOf(lead).getByText('先围挡，水务查漏，再回填').waitFor()
  const parts = await caseOf(lead).locator('.wb-together li').allInnerTexts()
  expect(parts.find((part) => part.includes('县水务局'))).toContain('塌陷路口东侧')
  expect(parts.find((part) => part.includes('县综合行政执法局'))).toContain('到办结没有报到')
})

test('of two departments that are called one is late: everybody sees it while it is, it may still come, and that it was late stays on record [GRID-05] (limits)', async ({
  town,
}) => {
  const community = await town.api('community')
  const what = '主管爆裂，路面塌陷，燃气、供水都要到场。'
  const filed = {
    requestId: crypto.randomUUID(),
    kind: 'callOut',
    channel: 'grid',
    detail: what,
    level: 'urgent',
    areaCode: '510131001002',
  }
  const { caseId } = await community.post<{ caseId: string }>('/cases', filed)
  const { page: township } = await town.openWorkbench('dispatcher', { path: `cases/${caseId}` })
  let dialog = await startMove(township, '核准并吹哨')
  await pickUnit(dialog, '牵头部门', '县住房和城乡建设局')
  await pickUnit(dialog, '参加部门', '县水务局')
  await pickUnit(dialog, '参加部门', '县综合行政执法局', 1)
  await fill(dialog, '请部门做什么', '三十分钟内到路口')
  await sendMove(township)
  await (await town.api('water-clerk')).move(caseId, 'reportIn', { arrivedAt: '路口东侧' })
  await (await town.api('housing-clerk')).move(caseId, 'reportInAsLead', { arrivedAt: '路口' })

  // An urgent one gives half an hour, day and night.
  await town.moveClock(new Date((await town.now()).getTime() + 31 * 60_000))
  await openCase(township, caseId)
  const part = (org: string) => caseOf(township).locator('.wb-together li', { hasText: org })
  await part('县综合行政执法局').getByText(/^超时/).waitFor()
  expect(await part('县水务局').innerText()).not.toContain('超时')

  const { page: late } = await town.openWorkbench('law-clerk', { path: `cases/${caseId}` })
  dialog = await startMove(late, '报到')
  await fill(dialog, '到了哪里', '路口南侧')
  await sendMove(late)
  await openCase(township, caseId)
  await part('县综合行政执法局').getByText('路口南侧').waitFor()
  expect(await part('县综合行政执法局').innerText()).toMatch(/已报到[\s\S]*超时/)
})
