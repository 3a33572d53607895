import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type ApiClient, type CaseState, dispatchAppeal, fileAppeal, findCase } from './support/api.ts'
import { caseOf, choose, dialogOf, sendMove, startMove } from './support/desk-acts.ts'
import { test } from './support/journey.ts'

const oldEstate = '510131001002'
const hour = 3_600_000

test('a case left alone turns amber at 80 % and red at 100 %, in shape and words; the holder is reminded, then the lead, then the county [GRID-06]', async ({
  town,
}) => {
  const { number } = await fileAppeal(town.url, { detail: '化粪池满了往外冒。', areaCode: oldEstate })
  const api = await town.api('dispatcher')
  const caseId = await findCase(api, number)
  let { page } = await town.openWorkbench('dispatcher', { path: `cases/${caseId}` })
  // Nobody is signed in any more when so much time has passed.
  const lookAgain = async () => {
    ;({ page } = await town.openWorkbench('dispatcher', { path: `cases/${caseId}` }))
  }
  const clock = (await api.get<CaseState>(`/cases/${caseId}`)).clock!
  expect(await badge(page)).toMatchObject({ state: 'onTime' })
  expect(await toldOf('dispatcher', number)).toEqual(['新来一件，等待受理'])

  const shapes = new Set([(await badge(page)).shape])
  await page.close()
  await town.moveClock(new Date(Date.parse(clock.amberAt) + 60_000))
  await lookAgain()
  const amber = await badge(page)
  expect(amber).toMatchObject({ state: 'dueSoon' })
  expect(amber.words).toMatch(/^剩/)
  expect(await toldOf('dispatcher', number)).toContain('“受理”的时间用掉了八成，请抓紧')
  expect(await toldOf('township-lead', number)).toEqual([])

  await page.close()
  await town.moveClock(new Date(Date.parse(clock.dueAt) + 60_000))
  await lookAgain()
  const red = await badge(page)
  expect(red).toMatchObject({ state: 'overdue' })
  expect(red.words).toMatch(/^超/)
  for (const { shape } of [amber, red]) shapes.add(shape)
  expect(shapes.size).toBe(3)
  expect(await toldOf('dispatcher', number)).toContain('“受理”超时了')
  expect(await toldOf('township-lead', number)).toEqual(['“受理”超时了'])

  await page.close()
  await town.moveClock(new Date(Date.parse(clock.dueAt) + 24 * hour + 60_000))
  expect(await toldOf('township-lead', number)).toContain('“受理”超时一天还没有办，请过问')
  expect(await toldOf('county-lead', number)).toEqual(['“受理”超时一天还没有办，请过问'])
  // Once, and on the page of whoever was told; yesterday's may have moved to an older page, since a whole day of the town passed.
  const lead = await town.openWorkbench('township-lead', { path: 'messages' })
  const told = lead.page.locator('.wb-messages li').filter({ hasText: number }).filter({ hasText: '请过问' })
  await told.first().waitFor()
  expect(await told.count()).toBe(1)

  async function toldOf(account: string, about: string): Promise<string[]> {
    const { items } = await (await town.api(account)).get<{ items: { text: string; caseNumber: string | null }[] }>('/inbox')
    return items.filter(({ caseNumber }) => caseNumber === about).map(({ text }) => text.replace(`${about}：`, ''))
  }
})

test('a pause stops the clock with its reason on the badge, and its end starts it again with the deadline moved [GRID-06]', async ({
  town,
}) => {
  const { number } = await fileAppeal(town.url, { detail: '单元门电机坏了，要等配件。', areaCode: oldEstate })
  const caseId = await dispatchAppeal(town, number)
  const clerk = await town.api('housing-clerk')
  await clerk.move(caseId, 'claim')
  await clerk.move(caseId, 'contact', { contactedAt: (await town.now()).toISOString() })
  const before = await departmentClock(clerk, caseId)

  let { page } = await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })
  const dialog = await startMove(page, '暂停')
  await choose(dialog, '暂停原因', '等待配件或施工条件')
  const until = new Date(Date.parse(before.dueAt) + 48 * hour)
  await dialogOf(page)
    .getByLabel(/^暂停到/)
    .fill(shanghaiMinute(until))
  await sendMove(page)
  const paused = await badge(page)
  expect(paused.state).toBe('paused')
  expect(paused.words).toContain('等待配件或施工条件')

  // Past the old deadline: still paused, nobody told. Sessions do not last that long.
  await page.close()
  await town.moveClock(new Date(Date.parse(before.dueAt) + hour))
  page = (await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })).page
  expect((await badge(page)).state).toBe('paused')
  expect((await departmentClock(clerk, caseId)).state).toBe('paused')
  await page.close()
  const { items } = await clerk.get<{ items: { caseNumber: string | null; template: string }[] }>('/inbox')
  expect(items.filter((item) => item.caseNumber === number && item.template !== 'appeals.dispatched-to-you')).toEqual([])

  // It ends by itself when its time is over, and the deadline is later by what was lost.
  await town.moveClock(new Date(until.getTime() + hour))
  const after = await departmentClock(clerk, caseId)
  expect(after.state).not.toBe('paused')
  expect(Date.parse(after.dueAt)).toBeGreaterThan(Date.parse(before.dueAt))
  page = (await town.openWorkbench('housing-clerk', { path: `cases/${caseId}` })).page
  expect((await badge(page)).state).toBe(after.state)
  // What was paused stays to be seen in the log.
  await clerk.move(caseId, 'note', { note: '配件到了。' })
  await caseOf(page).locator('.dk-log [data-paused]').first().waitFor()
})

interface Badge {
  state: string
  words: string
  /** The outline that is drawn, whatever its color. */
  shape: string
}

/** The badge of the clock that counts for this desk, as it stands on the case. */
async function badge(page: Page): Promise<Badge> {
  const mark = caseOf(page).locator('.wb-case-clocks .dk-clock:not([data-quiet])').first()
  await mark.waitFor()
  return mark.evaluate((element) => ({
    state: (element as HTMLElement).dataset.state ?? '',
    words: element.textContent?.trim() ?? '',
    shape: [...element.querySelectorAll('svg > *')]
      .map((part) => part.tagName + (part.tagName === 'path' ? (part.getAttribute('d') ?? '').replace(/[\d.\s-]/g, '') : ''))
      .join(' '),
  }))
}

async function departmentClock(client: ApiClient, caseId: string): Promise<CaseState['clocks'][number]> {
  const { clocks } = await client.get<CaseState>(`/cases/${caseId}`)
  return clocks.find(({ key }) => key === 'department')!
}

/** For an input of type datetime-local, which the portal reads as Shanghai time. */
function shanghaiMinute(at: Date): string {
  return new Date(at.getTime() + 8 * hour).toISOString().slice(0, 16)
}
