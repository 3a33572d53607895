import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { dispatchAppeal, findCase } from './support/api.ts'
import { caseOf, choose, dialogOf, fill, movesOf, offeredMoves, openCase, sendHeld, sendMove, startMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import { takePhoto, tellsItsOrigin } from './support/photo.ts'
import { picture } from './support/picture.ts'
import { addPhoto, chooseCommunity, readReceipt, readSteps } from './support/resident-acts.ts'

/** In front of a block of the old estate. */
const leak = { lon: 103.5026, lat: 30.1966 }

test('a resident reports a leak with one photo, follows every step, rates badly, and somebody else verifies what was put right [GRID-04] [GRID-07] [SERV-05] [SERV-14]', async ({
  town,
}) => {
  const { page: resident } = await town.openResident()
  await chooseCommunity(resident, '朝阳社区')
  let taps = 0
  const tap = async (name: string): Promise<void> => {
    taps += 1
    await resident
      .getByRole(name === '报事' ? 'link' : 'button', { name: new RegExp(`^${name}`) })
      .first()
      .click()
  }
  await tap('报事')
  taps += 1
  await addPhoto(resident, await takePhoto(leak))
  await resident.locator('.place-line .plate', { hasText: '农机厂宿舍' }).waitFor()
  await picture(resident, 'report')
  await resident.getByLabel('补一句').fill('三楼楼顶漏水，天花板一直在滴，家里有老人。')
  await tap('提交')
  const filed = await readReceipt(resident)
  expect(taps).toBeLessThanOrEqual(3)
  expect(filed.number).toMatch(/\d{6,}/)
  await resident.getByRole('link', { name: '看进度' }).click()
  await resident.getByRole('heading', { name: /漏水/ }).waitFor()

  // The community takes it in: its own queue, the case already open, Enter for the first step.
  const found = await findCase(await town.api('community-3'), filed.number)
  const { page: worker } = await town.openWorkbench('community', { path: `queue?tab=accept&case=${found}` })
  await caseOf(worker).getByText(filed.number).waitFor()
  await expectPictureWithoutOrigin(worker.locator('.wb-pictures img').first())
  await worker.locator('body').press('Enter')
  const acceptance = dialogOf(worker)
  await picture(worker, 'accept')
  await choose(acceptance, '诉求类型', '求助')
  await sendMove(worker)
  const caseId = new URL(worker.url()).searchParams.get('case') ?? ''

  // The township sends it on by the suggestion alone: one key.
  const { page: dispatcher } = await town.openWorkbench('dispatcher', { path: `queue?tab=dispatch&case=${caseId}` })
  await caseOf(dispatcher).getByText('建议派往').waitFor()
  await movesOf(dispatcher)
    .getByRole('button', { name: /派遣到县住房和城乡建设局/ })
    .waitFor()
  await picture(dispatcher, 'dispatch')
  await dispatcher.locator('body').press('Enter')
  await sendHeld(dispatcher)

  // The department: claims, calls, answers with a photo of its own.
  const { page: clerk } = await town.openWorkbench('housing-clerk')
  await clerk.getByRole('row').filter({ hasText: filed.number }).waitFor()
  await picture(clerk, 'inbox')
  await clerk.getByRole('row').filter({ hasText: filed.number }).click()
  await movesOf(clerk).getByRole('button', { name: '签收' }).click()
  await sendHeld(clerk)
  let dialog = await startMove(clerk, '联系居民')
  await dialog.getByRole('button', { name: '现在' }).click()
  await fill(dialog, '谈了什么', '约好今天下午上门看。')
  await sendMove(clerk)
  // Whoever reported it follows meanwhile: who holds it, until when, and what was done.
  await resident.reload()
  await resident.getByText('联系').first().waitFor()
  await picture(resident, 'progress')
  dialog = await startMove(clerk, '答复')
  await fill(dialog, '给居民的答复', '楼顶防水层破了一处，已经补好，等下雨再看一次。')
  const uploaded = clerk.waitForResponse((response) => response.url().endsWith('/public/uploads'))
  await dialog.locator('input[type=file]').setInputFiles(await takePhoto(leak, 60))
  await uploaded
  await sendMove(clerk)

  await openCase(dispatcher, caseId)
  dialog = await startMove(dispatcher, '回访')
  await dialog.getByRole('button', { name: '现在' }).click()
  await choose(dialog, '解决了吗', '是')
  await sendMove(dispatcher)

  // The resident sees every step that happened, in order, and is not content.
  await resident.reload()
  await resident.getByRole('heading', { name: '这件事办得怎么样？' }).waitFor()
  const steps = await readSteps(resident)
  expect(inOrder(steps, ['报', '受理', '派给', '签收', '联系', '答复', '回访'])).toEqual([])
  await resident.getByText('楼顶防水层破了一处').first().waitFor()
  await expectPictureWithoutOrigin(resident.locator('.tl img').last())
  await picture(resident, 'rating')
  await resident.getByRole('button', { name: /^不满意$/ }).click()
  await resident.getByText('您评的是：不满意').waitFor()
  await resident.getByText('承办单位要整改').waitFor()

  // The unit that handled it puts it right, and cannot verify itself.
  await openCase(clerk, caseId)
  dialog = await startMove(clerk, '报整改结果')
  await fill(dialog, '整改情况', '整段防水层重新做了，雨后看过不漏。')
  await sendMove(clerk)
  expect(await offeredMoves(clerk)).not.toContain('核实整改')
  const { page: lead } = await town.openWorkbench('housing-lead', { path: `cases/${caseId}` })
  expect(await offeredMoves(lead)).not.toContain('核实整改')

  await openCase(dispatcher, caseId)
  dialog = await startMove(dispatcher, '核实整改')
  await dialog.getByRole('button', { name: '现在' }).click()
  await choose(dialog, '整改到位了吗', '是')
  await sendMove(dispatcher)

  await resident.reload()
  await resident.getByText('已办结').first().waitFor()
  expect(inOrder(await readSteps(resident), ['评价', '整改', '整改结果', '核实'])).toEqual([])
})

test('whoever is to act is told in the inbox at once, on an open page [PLAT-12] (inbox, live push)', async ({ town }) => {
  const { page: dispatcher } = await town.openWorkbench('dispatcher', { path: 'messages' })
  const { page: clerk } = await town.openWorkbench('housing-clerk')
  const { page: resident } = await town.openResident({ path: 'report' })
  await chooseCommunity(resident, '朝阳社区')
  await resident.getByLabel('补一句').fill('电梯坏了三天，没有人修。')
  await resident.getByRole('button', { name: '提交' }).click()
  const { number } = await readReceipt(resident)

  const told = (page: typeof clerk) => page.locator('.wb-messages li').filter({ hasText: number })
  await told(dispatcher).waitFor()
  const caseId = await dispatchAppeal(town, number)

  // The clerk's page was open all the while: the row and the bell come by themselves.
  await clerk.getByRole('row').filter({ hasText: number }).waitFor()
  await clerk.locator('.wb-bell b').filter({ hasText: /\d/ }).waitFor()
  await clerk.getByRole('link', { name: /消息/ }).click()
  await told(clerk).getByRole('button', { name: '打开事项' }).click()
  await clerk.waitForURL(new RegExp(caseId))
})

/** The words of the list that do not turn up in this order. */
function inOrder(steps: readonly string[], words: readonly string[]): string[] {
  let at = 0
  return words.filter((word) => {
    const found = steps.findIndex((step, index) => index >= at && step.includes(word))
    if (found >= 0) at = found
    return found < 0
  })
}

/** A picture that the page really shows, and that tells nobody where it was taken. */
async function expectPictureWithoutOrigin(picture: Locator): Promise<void> {
  await picture.waitFor()
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0)
  const source = await picture.getAttribute('src')
  const bytes = await (await picture.page().request.get(source!)).body()
  expect(await tellsItsOrigin(bytes)).toBe(false)
}
