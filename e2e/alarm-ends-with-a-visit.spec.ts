import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { endAlarms, keepOnline } from './support/device.ts'
import { test } from './support/journey.ts'
import { keptOnThisPhone } from './support/phone-acts.ts'
import type { JourneyTown } from './support/town.ts'

interface Row {
  episodeId: string
  rule: string
  place: string
}
interface Episode extends Row {
  stage: string
  outcome: string | null
  subjectId: string
  needsVisit: boolean
  visit: { visitId: string; result: string } | null
}

const silence = 'elderly-care.silence'

test('nothing is heard of an elder who lives alone: the desk cannot end it as handled, the grid worker knocks, and what was found at the door ends it, sent once though there was no signal [ELDER-13] (visit result required)', async ({
  town,
}) => {
  const home = await keepOnline(town.demo, ['DR-0001', 'MO-0001'])
  try {
    await endAlarms(await town.api('community'))
    await Promise.all([home[0]!.say({ passage: 1 }), home[1]!.say({ active: 1 })])
    await town.moveClock(new Date((await town.now()).getTime() + 24 * 3_600_000))
    const community = await town.api('community')
    const episodeId = await alarmOfRule(town, silence)
    const { subjectId } = await community.get<Episode>(`/episodes/${episodeId}`)

    const { page: office } = await town.openWorkbench('community', { path: `alarms?alarm=${episodeId}` })
    await office.getByRole('button', { name: '办结…' }).click()
    await office.getByText('要到门口看过、上报走访结果才能办结').waitFor()
    expect(await office.getByRole('radio', { name: '确有其事' }).count()).toBe(0)
    await expectAccessible(office, 'an alarm that asks for a visit')

    const { page, context, watch } = await town.openGrid('grid', { path: `alarms/${episodeId}` })
    await keptOnThisPhone(page)
    await page.getByRole('button', { name: '已到场' }).waitFor()
    watch.cut = true
    await context.setOffline(true)
    await page.getByRole('button', { name: '已到场' }).click()
    await page.getByRole('link', { name: '上报走访结果' }).click()
    await page.getByText('这次走访也记在告警上').waitFor()
    await page.getByRole('radio', { name: '本人' }).check({ force: true })
    await page.getByRole('radio', { name: '需要帮助' }).check({ force: true })
    await page.getByLabel('记一笔').fill('腿疼下不了床，两顿没吃，已联系女儿。')
    await expectAccessible(page, 'the visit of an alarm')
    await page.setViewportSize({ width: 320, height: 700 })
    await expectNoSidewaysScroll(page, 'the visit of an alarm at 320 px')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: '完成走访' }).dblclick()
    await page.getByText('先存在手机里了').waitFor()
    await context.setOffline(false)
    await page.getByText('走访已经记上').waitFor()
    watch.cut = false
    await expect.poll(async () => (await community.get<Episode>(`/episodes/${episodeId}`)).stage).toBe('settled')
    const ended = await community.get<Episode>(`/episodes/${episodeId}`)
    expect(ended).toMatchObject({ outcome: 'REAL', needsVisit: true, visit: { result: 'help' } })
    const visits = await community.get<{ items: { visitId: string }[] }>(`/persons/${subjectId}/visits`)
    expect(visits.items.filter(({ visitId }) => visitId === ended.visit?.visitId)).toHaveLength(1)

    await office.goto(`/workbench/persons/${subjectId}`)
    await office.getByText('走访：需要帮助').first().waitFor()
    await office.getByRole('link', { name: '因告警：居家长时间无活动提醒' }).first().waitFor()
    await page.goto(`/grid/alarms/${episodeId}`)
    await page.locator('.tl').getByText('走访：需要帮助').first().waitFor()
    await expectAccessible(page, 'an alarm that ended with a visit')
  } finally {
    await Promise.all(home.map(({ client }) => client.endAsync()))
    await endAlarms(await town.api('community'))
  }
})

async function alarmOfRule(town: JourneyTown, wanted: string): Promise<string> {
  let found: Row | undefined
  await expect
    .poll(
      async () => {
        const { items } = await (await town.api('grid')).get<{ items: Row[] }>('/episodes?state=open&limit=100')
        found = items.find(({ rule }) => rule === wanted)
        return found !== undefined
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toBe(true)
  return found!.episodeId
}
