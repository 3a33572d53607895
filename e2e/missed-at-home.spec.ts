import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { expectAccessible } from './support/check-page.ts'
import { alarmOf, endAlarms, keepOnline, sendAs } from './support/device.ts'
import { test } from './support/journey.ts'
import type { JourneyTown } from './support/town.ts'

const hourMs = 3_600_000

test('an elder who lives alone is in hospital and nobody is sent; home again, a day without the door is on the phone of the grid worker [ST-24]', async ({
  town,
}) => {
  const home = await keepOnline(town.demo, ['DR-0001', 'MO-0001'])
  const community = await town.api('community')
  const personId = await wearerOf(town, 'WB-0001')
  const change = (said: object) =>
    community.post(`/persons/${personId}/watch/changes`, { requestId: randomUUID(), channel: 'phone', change: said })
  try {
    await endAlarms(community)
    await home[0]!.say({ passage: 1 })
    await change({ change: 'paused', for: 'hospital', until: new Date((await town.now()).getTime() + 72 * hourMs).toISOString() })
    await pass(town, 30)
    expect(await noticesAbout(town, personId)).toEqual([])

    await change({ change: 'resumed' })
    await home[0]!.say({ passage: 1 })
    const { page } = await town.openGrid('grid')
    await pass(town, 23)
    expect(await noticesAbout(town, personId)).not.toContain('elderly-care.no-exit')
    await pass(town, 1.5)
    await page
      .getByRole('link', { name: /超时未出门提醒/ })
      .first()
      .click()
    await page.getByRole('button', { name: '接警' }).waitFor()
    await page.getByText('2单元501室').first().waitFor()
    await expectAccessible(page, 'an alarm of an elder who has not gone out')
    expect((await noticesAbout(town, personId)).filter((rule) => rule === 'elderly-care.no-exit')).toHaveLength(1)
  } finally {
    await Promise.all(home.map(({ client }) => client.endAsync()))
    await endAlarms(await town.api('community'))
  }
})

const pass = async (town: JourneyTown, hours: number): Promise<void> =>
  town.moveClock(new Date((await town.now()).getTime() + hours * hourMs))

/** Who wears this wristband, by what it raises. */
async function wearerOf(town: JourneyTown, code: string): Promise<string> {
  await sendAs(town.demo, code, { sos: 1 })
  const api = await town.api('community')
  const { episodeId } = await alarmOf(api, code)
  return (await api.get<{ subjectId: string }>(`/episodes/${episodeId}`)).subjectId
}

/** Rules that say something about this person now, as the grid worker is told. */
async function noticesAbout(town: JourneyTown, personId: string): Promise<string[]> {
  const { items } = await (await town.api('grid')).get<{ items: { rule: string }[] }>(
    `/episodes?state=open&limit=100&subjectId=${personId}`,
  )
  return items.map(({ rule }) => rule)
}
