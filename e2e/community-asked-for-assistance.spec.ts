import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { caseOf, choose, fill, offeredMoves, openCase, sendMove, startMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

/** A working week from now, as a date-time control has it. */
const nextWeek = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000 + 7 * 86_400_000).toISOString().slice(0, 16)

async function write(page: Page, now: Date, detail: string, support: string): Promise<void> {
  const main = page.locator('main')
  await main.getByLabel(/^请社区做什么/).fill(detail)
  await main.getByLabel(/^依据/).fill('社4 惠民政策的宣传发动')
  await choose(main, '带来的支持', support)
  await main.getByLabel(/^在什么时候以前/).fill(nextWeek(now))
  await main.getByLabel(/^联系人和办公电话/).fill('教育局 方圆')
}

test('a bureau asks a community: what is withdrawn is refused with its clause; what is listed is let through, refused for want of support, asked again with it, done and confirmed [GRID-03] (duty lists) [EVAL-09] (approval, refusal)', async ({
  town,
}) => {
  const now = await town.now()
  const { page: clerk, watch } = await town.openWorkbench('education-clerk', { path: 'request' })
  watch.allow(422)
  await clerk.getByLabel('请哪个社区').selectOption({ label: '飞龙社区' })
  await clerk.getByLabel(/^请协助的事/).selectOption({ label: '出具证明' })
  await clerk.getByText(/上级收回 收3：没有法律法规依据的证明/).waitFor()
  await write(clerk, now, '请给转学的家庭出具居住情况证明。', '没有')
  await clerk.getByRole('button', { name: /^提出/ }).click()
  await clerk
    .getByRole('alert')
    .getByText(/收3“没有法律法规依据的证明”已收回，不能请社区承担/)
    .waitFor()
  await picture(clerk, 'assistance')

  await clerk.getByLabel(/^请协助的事/).selectOption({ label: '宣传发动' })
  await clerk.getByText(/配合履职 社4：惠民政策的宣传发动/).waitFor()
  await write(clerk, now, '请通知适龄儿童家长参加入学政策宣讲。', '没有')
  await clerk.getByRole('button', { name: /^提出/ }).click()
  await clerk.getByRole('link', { name: '打开这一件' }).click()
  await caseOf(clerk).waitFor()
  const caseId = /cases\/([0-9a-f-]{36})/.exec(clerk.url())![1]!
  expect(await offeredMoves(clerk)).not.toContain('同意准入')

  const { page: township } = await town.openWorkbench('dispatcher', { path: `cases/${caseId}` })
  let dialog = await startMove(township, '同意准入')
  await fill(dialog, '准入依据', '社4，配合履职')
  await sendMove(township)

  const { page: community } = await town.openWorkbench('community-2', { path: `cases/${caseId}` })
  dialog = await startMove(community, '不接')
  await choose(dialog, '不接的原因', '没有支持或支持不够')
  await fill(dialog, '说明', '没有讲师，也没有材料')
  await sendMove(community)

  await openCase(clerk, caseId)
  await caseOf(clerk).getByText('没有讲师，也没有材料').first().waitFor()
  dialog = await startMove(clerk, '补充条件再请')
  await choose(dialog, '带来的支持', '培训')
  await fill(dialog, '在什么时候以前', nextWeek(now))
  await fill(dialog, '补充说明', '这次由我们派人讲，社区只发通知')
  await sendMove(clerk)

  await openCase(community, caseId)
  await startMove(community, '接受协助')
  await sendMove(community)
  dialog = await startMove(community, '报告完成')
  await fill(dialog, '做了什么', '来了四十位家长')
  await sendMove(community)

  await openCase(clerk, caseId)
  dialog = await startMove(clerk, '确认完成')
  await choose(dialog, '完成了吗', '是')
  await sendMove(clerk)
  await caseOf(clerk).getByText('来了四十位家长').first().waitFor()
  expect(await offeredMoves(clerk)).toEqual(['内部备注'])

  await clerk.goto('/workbench/list?kind=assistance&queue=all')
  await clerk.locator('.wb-figures summary').click()
  const figures = await clerk.locator('.wb-figures').innerText()
  for (const words of ['没有支持或支持不够 1', '培训 1', '协助完成 1']) expect(figures).toContain(words)
})
