import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { fileAppeal, findCase } from './support/api.ts'
import { expectAccessible } from './support/check-page.ts'
import { choose, dialogOf, movesOf, openCase, sendMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { chooseCommunity, readReceipt } from './support/resident-acts.ts'

const commercialEstate = '510131001006'

const panelOf = (admin: Page, scene: string): Locator => admin.getByRole('region', { name: scene, exact: true })

/** As the system administrator does it: area, what it will mean, reason, and the key that sends. */
async function switchScene(admin: Page, area: string, to: 'on' | 'off', reason: string, scene = '居民诉求'): Promise<void> {
  await panelOf(admin, scene).getByRole('button', { name: '在一个区域打开或关闭' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '区域' }).fill(area)
  await dialog.getByRole('option', { name: area }).first().click()
  await confirmSwitch(admin, area, to, reason, scene)
}

async function confirmSwitch(admin: Page, area: string, to: 'on' | 'off', reason: string, scene = '居民诉求'): Promise<void> {
  const dialog = admin.getByRole('dialog')
  await dialog.getByText(to === 'off' ? '已经收下的照常办完' : '居民马上可以再报').waitFor()
  await dialog.getByLabel(/^理由/).fill(reason)
  await expectAccessible(admin, `switching ${to}`)
  await dialog.getByLabel(/^理由/).press('Control+Enter')
  await admin.getByText(`${area}的${scene}已${to === 'off' ? '关闭' : '打开'}`).waitFor()
}

test('where the scene is switched off no page offers to report, nothing can be reported, and the words stay with the person; the neighbors report as ever, and so does everybody when it is on again [PLAT-16] (switch, menu)', async ({
  town,
}) => {
  const { page: admin } = await town.openWorkbench('system-admin')
  await admin.locator('.wb-rail').getByRole('link', { name: '场景' }).click()
  await admin.getByText('推广接诉即办等基层经验').waitFor()
  await picture(admin, 'scenes')
  const words = '商业广场的喷泉漏电，请来看看。'

  await switchScene(admin, '飞龙社区', 'off', '换用别的系统')
  const decision = panelOf(admin, '居民诉求').getByRole('row', { name: /飞龙社区/ })
  for (const told of ['关着', '换用别的系统', '许诺', '今天']) expect(await decision.innerText()).toContain(told)
  const { page, watch } = await town.openResident({ path: 'report' })
  watch.allow(422)
  await chooseCommunity(page, '飞龙社区')
  await page.getByLabel('补一句').fill(words)
  await page.getByRole('button', { name: '提交' }).click()
  const refusal = page.getByRole('alert').or(page.locator('.error-summary'))
  await refusal.first().waitFor()
  expect(await refusal.first().innerText()).toContain('没有收下')
  expect(new URL(page.url()).pathname).toBe('/resident/report')
  expect(await page.getByLabel('补一句').inputValue()).toBe(words)

  const { page: home } = await town.openResident({ path: '' })
  await chooseCommunity(home, '飞龙社区')
  await home.getByText('飞龙社区现在不在这里收件').waitFor()
  expect(await home.getByRole('link', { name: '报事' }).count()).toBe(0)
  const { page: desk } = await town.openWorkbench('community-2')
  await desk
    .getByRole('link', { name: '派遣' })
    .or(desk.getByRole('link', { name: '待办' }))
    .first()
    .waitFor()
  // Grid events are another field of work: the desk takes them in until they are switched off too.
  await desk.locator('.wb-rail').getByRole('link', { name: '受理' }).waitFor()
  await switchScene(admin, '飞龙社区', 'off', '换用别的系统', '网格事件')
  await desk.reload()
  await desk.locator('.wb-rail').getByRole('link', { name: '清单', exact: true }).waitFor()
  await desk.locator('.wb-rail').getByRole('link', { name: '受理' }).waitFor({ state: 'detached' })

  const { page: neighbor } = await town.openResident({ path: 'report' })
  await chooseCommunity(neighbor, '朝阳社区')
  await neighbor.getByLabel('补一句').fill('东门菜市场的灯不亮。')
  await neighbor.getByRole('button', { name: '提交' }).click()
  await readReceipt(neighbor)

  await decision.getByRole('button', { name: '再打开' }).click()
  await confirmSwitch(admin, '飞龙社区', 'on', '换回来')
  await switchScene(admin, '飞龙社区', 'on', '换回来', '网格事件')
  expect(await decision.innerText()).toContain('换回来')
  await home.reload()
  await home.getByRole('link', { name: '报事' }).first().waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await readReceipt(page)
})

test('what was taken in before the scene was switched off is still worked on there, and who may not switch has no such page [PLAT-16] (open matters)', async ({
  town,
}) => {
  const { number } = await fileAppeal(town.url, { detail: '单元门合不上，夜里有人进出。', areaCode: commercialEstate })
  const { page: admin } = await town.openWorkbench('system-admin', { path: 'scenes' })
  await switchScene(admin, '飞龙社区', 'off', '试一天别的系统')
  try {
    const worker = await town.api('community-2')
    const { page } = await town.openWorkbench('community-2')
    expect(await page.locator('.wb-rail').getByRole('link', { name: '场景' }).count()).toBe(0)
    await openCase(page, await findCase(worker, number))
    await movesOf(page).getByRole('button', { name: '受理', exact: true }).click()
    await choose(dialogOf(page), '诉求类型', '求助')
    await sendMove(page)
  } finally {
    await switchScene(admin, '飞龙社区', 'on', '试完了')
  }
})
