import { expect } from 'vitest'
import { dispatchAppeal, fileAppeal, findCase } from './support/api.ts'
import { caseOf } from './support/desk-acts.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { chooseCommunity, readReceipt } from './support/resident-acts.ts'

const oldEstate = '510131001002'
const category = 'urban-rural-construction'

interface Progress {
  stage: string
  replies: { text: string }[]
  canRate: boolean
}

test('a second report of the same leak is suggested with its reasons, compared and merged, and both reporters are told of the reply [PLAT-20] (duplicates by place, time and words, merged by a person)', async ({
  town,
}) => {
  const first = await fileAppeal(town.url, { detail: '水泵房夜里嗡嗡响，震得睡不着', areaCode: oldEstate, phone: '19999990061' })
  const caseId = await dispatchAppeal(town, first.number)
  const second = await fileAppeal(town.url, { detail: '水泵房嗡嗡响一整夜', areaCode: oldEstate, phone: '19999990062' })
  const secondId = await findCase(await town.api('community'), second.number)

  const { page: worker } = await town.openWorkbench('community', { path: `cases/${secondId}` })
  const similar = caseOf(worker).getByRole('group', { name: /可能是同一件事/ })
  const row = similar.locator('[data-similar]').filter({ hasText: '水泵房夜里嗡嗡响' })
  await row.getByText(/同一社区 · 同一天 · 都说到“嗡嗡响”、“水泵房”|同一社区 · 同一天 · 都说到“水泵房/).waitFor()
  await row.getByRole('button', { name: /水泵房夜里嗡嗡响/ }).click()
  await row.getByRole('table').getByText(first.number).waitFor()
  await picture(worker, 'similar')
  await worker.keyboard.press('m')
  const dialog = worker.getByRole('dialog')
  await dialog.getByText(`${second.number} 并到 ${first.number}`).waitFor()
  await worker.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await caseOf(worker).locator('.wb-info').getByText(first.number).waitFor()

  const clerk = await town.api('housing-clerk')
  const target = await clerk.get<{ reporters: number; merged: { reporter: { phone: string } }[] }>(`/cases/${caseId}`)
  expect(target).toMatchObject({ reporters: 2, merged: [{ reporter: { phone: '199****0062' } }] })
  await clerk.move(caseId, 'claim')
  await clerk.move(caseId, 'reply', { reply: '水泵已加装减震垫，夜间复测合格。' })
  for (const { number, tail } of [first, second]) {
    await expect
      .poll(async () => {
        const answer = await fetch(`${town.url}/api/v1/public/cases/${number}?tail=${tail}`)
        return ((await answer.json()) as Progress).replies.map(({ text }) => text)
      })
      .toEqual(['水泵已加装减震垫，夜间复测合格。'])
  }
})

test('a resident sees that a neighbor has reported it, says “me too”, and has a number, a reply and a rating of their own [GRID-10] (duplicate warning)', async ({
  town,
}) => {
  // Five of a category, for fewer are told to nobody.
  for (const detail of ['巷子路面坑洼', '花坛边垃圾没人清', '西墙根路面坑洼', '菜场口垃圾没人清'])
    await fileAppeal(town.url, { detail, areaCode: oldEstate, category })
  const first = await fileAppeal(town.url, { detail: '凉亭边下水道堵了', areaCode: oldEstate, category })
  const caseId = await dispatchAppeal(town, first.number)

  const { page: resident } = await town.openResident({ path: 'report' })
  await chooseCommunity(resident, '朝阳社区')
  await resident.getByLabel('补一句').fill('下水道堵了，院里都是水')
  await resident.getByRole('radio', { name: '下水道堵了' }).click()
  const box = resident.getByRole('region', { name: '附近已有人反映类似的事' })
  await box.waitFor()
  expect(await box.innerText()).not.toContain('凉亭')
  await picture(resident, 'same')
  await box.getByRole('button', { name: '我也遇到了' }).first().click()
  await resident.getByText('会和那件事一起办').waitFor()
  await resident.getByRole('button', { name: /^提交/ }).click()
  const filed = await readReceipt(resident)
  await resident.getByText('和邻居反映的是同一件事，一起办').waitFor()

  // The newest of them stands first: the one that was just sent to the housing bureau.
  const clerk = await town.api('housing-clerk')
  await clerk.move(caseId, 'claim')
  await clerk.move(caseId, 'reply', { reply: '主管已疏通，换了塌陷的管子。' })
  const dispatcher = await town.api('dispatcher')
  const { now } = await dispatcher.get<{ now: string }>('/me')
  await dispatcher.move(caseId, 'followUp', { contactedAt: now, resolved: true })
  await expect
    .poll(async () => {
      const answer = await fetch(`${town.url}/api/v1/public/cases/${filed.number}?tail=${filed.tail}`)
      const { stage, canRate, replies } = (await answer.json()) as Progress
      return { stage, canRate, replies: replies.map(({ text }) => text) }
    })
    .toEqual({ stage: 'closed', canRate: true, replies: ['主管已疏通，换了塌陷的管子。'] })
})
