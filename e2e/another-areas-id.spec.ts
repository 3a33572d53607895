import { expect } from 'vitest'
import { test } from './support/journey.ts'

test("a community worker who opens another community's case by its address finds nothing, and the audit administrator finds the attempt [SEC-07] (audit of refused reads)", async ({
  town,
}) => {
  const [own, sibling] = town.demo.siblings
  const workers = town.demo.logins.filter(({ role }) => role === 'communityWorker')
  const worker = workers.find(({ areaCode }) => areaCode === own!.areaCode)!
  const neighbor = workers.find(({ areaCode }) => areaCode === sibling!.areaCode)!
  expect(own!.areaCode).not.toBe(sibling!.areaCode)

  // Whose case it is sees it: the id is real.
  const theirs = await town.openWorkbench(neighbor.account, { path: `cases/${sibling!.caseId}` })
  await theirs.page.locator('article.wb-case').waitFor()
  const title = await theirs.page.locator('.wb-case-title').innerText()

  const { page, watch } = await town.openWorkbench(worker.account)
  watch.allow(404)
  await page.goto(`/workbench/cases/${sibling!.caseId}`)
  await page.getByText('不在您的范围内，或没有这件事').waitFor()
  const shown = await page.locator('body').innerText()
  expect(shown).not.toContain(title)
  await page.getByRole('main').getByRole('link', { name: '回到首页' }).click()
  await page.waitForURL(/\/workbench\/queue/)

  // The API answers alike for what is elsewhere and what never was.
  const api = await town.api(worker.account)
  const elsewhere = await api.ask('GET', `/cases/${sibling!.caseId}`)
  const never = await api.ask('GET', `/cases/${sibling!.caseId.replace(/.{12}$/, '000000000000')}`)
  const answers = await Promise.all(
    [elsewhere, never].map(async (answer) => ({ ...((await answer.json()) as object), status: answer.status, traceId: '' })),
  )
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]!.status).toBe(404)
  for (const part of ['entries', 'route'])
    expect((await api.ask('GET', `/cases/${sibling!.caseId}/${part}`)).status, part).toBeGreaterThanOrEqual(403)

  const audit = await town.openWorkbench('audit-admin')
  await audit.page.getByLabel('动作').fill('cases.read_refused')
  await audit.page.getByLabel('对象编号').fill(sibling!.caseId)
  await audit.page.getByRole('button', { name: '查找' }).click()
  const lines = audit.page.getByRole('row').filter({ hasText: sibling!.caseId })
  await lines.first().waitFor()
  const me = await api.get<{ name: string; actingPost: { orgName: string } }>('/me')
  expect(await lines.first().innerText()).toContain(me.actingPost.orgName)
  // The page asked once, the API four times; what never was has no line under this id.
  expect(await lines.count()).toBeGreaterThanOrEqual(2)
})
