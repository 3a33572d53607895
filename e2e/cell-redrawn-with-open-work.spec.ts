import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fileAppeal, findCase } from './support/api.ts'
import { expectAccessible } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

const firstCell = '510131001002001'
/** The last of the first cell: nobody else's journey reports from there. */
const building = '农机厂宿舍 12 号楼'

interface Cells {
  version: number
  cells: { cellId: string; name: string; boundary: unknown }[]
  buildings: { buildingId: string; cellId: string; name: string }[]
}

/** Keys alone: to the next control whose name is so. */
async function press(page: Page, role: 'button' | 'checkbox' | 'combobox', name: string | RegExp, key: string): Promise<void> {
  const control = page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) })
  await control.focus()
  await page.keyboard.press(key)
}

test('a building goes to the next cell by keyboard alone, and its open work with it: the one worker loses sight of it, the other has it, all have the list [GRID-01] (hand-over keeps history)', async ({
  town,
}) => {
  const [from, to] = [await town.api('grid'), await town.api('grid-2')]
  const { number } = await fileAppeal(town.url, { detail: '楼道口的灯一直不亮，晚上看不清台阶。', areaCode: firstCell })
  const caseId = await findCase(await town.api('community'), number)
  // What the page of a resident would send with the report: which building it is about.
  const place = {
    requestId: randomUUID(),
    detail: '门口的雨棚掉了一角。',
    areaCode: firstCell,
    place: building,
    contact: { phone: '19999990002' },
  }
  const filed = await fetch(`${town.url}/api/v1/public/appeals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(place),
  })
  const moved = await findCase(await town.api('community'), ((await filed.json()) as { number: string }).number)
  expect((await from.ask('GET', `/cases/${moved}`)).status).toBe(200)
  expect((await to.ask('GET', `/cases/${moved}`)).status).toBe(404)

  const community = await town.api('community')
  const { areaId } = await communityOf(town.url)
  const before = await community.get<Cells>(`/communities/${areaId}/cells`)

  const { page } = await town.openWorkbench('community', { path: 'cells' })
  await press(page, 'button', '调整网格', 'Enter')
  await page.getByRole('heading', { name: '调整朝阳社区的网格' }).waitFor()
  await expectAccessible(page, 'changing cells')
  await press(page, 'checkbox', building, 'Space')
  const target = page.getByRole('combobox', { name: '把选中的 1 栋交给' })
  await target.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await target.locator('option:checked').innerText()).toBe('朝阳第二网格')
  await press(page, 'button', '移动', 'Enter')
  await page.getByText('每栋楼正好在一个网格里，可以定了。').waitFor()
  await picture(page, 'cells')
  await press(page, 'button', '看影响，再定', 'Enter')
  const dialog = page.getByRole('dialog', { name: '这次调整的影响' })
  await dialog.getByText(/移交楼栋 1 栋/).waitFor()
  await dialog.getByText('门口的雨棚掉了一角').waitFor()
  await dialog.getByText(/周倩（朝阳第一网格/).waitFor()
  await dialog.getByText(/孙磊（朝阳第二网格/).waitFor()
  expect((await from.ask('GET', `/cases/${moved}`)).status).toBe(200)
  await dialog.getByLabel(/^为什么调整/).fill('12 号楼从第二网格的门进出')
  await press(page, 'button', '定案并移交', 'Enter')
  await page.getByText('网格调整好了').waitFor()

  expect((await from.ask('GET', `/cases/${moved}`)).status).toBe(404)
  expect((await to.ask('GET', `/cases/${moved}`)).status).toBe(200)
  expect((await from.ask('GET', `/cases/${caseId}`)).status).toBe(200)
  await page.getByRole('link', { name: '打开交接清单' }).click()
  await page.getByRole('heading', { name: '朝阳社区交接清单' }).waitFor()
  await expectAccessible(page, 'handover list')
  await page.getByText('12 号楼从第二网格的门进出').waitFor()
  await picture(page, 'handover')

  const { page: taking } = await town.openWorkbench('grid-2', { path: `cases/${moved}` })
  await taking.getByText('工作交接').first().waitFor()
  await taking.getByText('朝阳第一网格 → 朝阳第二网格').first().waitFor()
  await taking.goto('/workbench/messages')
  await taking
    .getByText(/朝阳社区的工作由您接手/)
    .first()
    .waitFor()
  await taking.getByRole('link', { name: '看交接清单' }).first().click()
  await taking.getByRole('heading', { name: '朝阳社区交接清单' }).waitFor()
  const { page: giving } = await town.openWorkbench('grid', { path: 'messages' })
  await giving
    .getByText(/朝阳社区的工作已移交/)
    .first()
    .waitFor()

  const now = await community.get<Cells>(`/communities/${areaId}/cells`)
  const first = now.cells.find(({ name }) => name === '朝阳第一网格')!
  const { buildingId } = now.buildings.find(({ name }) => name === building)!
  expect(now.buildings.find((one) => one.buildingId === buildingId)!.cellId).not.toBe(first.cellId)
  const stale = { requestId: randomUUID(), expectedVersion: now.version - 1, reason: '再改', cells: [{ ...first, name: '朝阳一网格' }] }
  const late = await community.ask('POST', `/communities/${areaId}/cell-changes`, stale)
  expect(late.status).toBe(409)

  // As it was, for whoever comes after.
  const back = {
    requestId: randomUUID(),
    expectedVersion: now.version,
    reason: '改回原样',
    cells: before.cells.map(({ cellId, name, boundary }) => ({ cellId, name, boundary })),
    buildings: [{ buildingId, cellId: first.cellId }],
  }
  await community.post(`/communities/${areaId}/cell-changes`, back)
  expect((await from.ask('GET', `/cases/${moved}`)).status).toBe(200)
})

async function communityOf(url: string): Promise<{ areaId: string }> {
  const answer = await fetch(`${url}/api/v1/public/areas?code=510131001002`)
  return ((await answer.json()) as { items: { areaId: string }[] }).items[0]!
}
