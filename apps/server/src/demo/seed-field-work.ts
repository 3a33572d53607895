import { addPost } from '@linli/access/server'
import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import { type ExchangeDeps, handIn } from '@linli/exchange/server'
import { noteView } from '@linli/registry/server'
import { alarmRules, findFacts, type SignalsDeps, visitEpisode } from '@linli/signals/server'
import { actorOf, datedBack } from './in-the-past.ts'
import type { Town } from './seed-town.ts'
import { communityPlans } from './town-places.ts'

const hours = 3_600_000

/** The engines whose own verbs these traces are left by. */
export interface FieldWorkDeps {
  signals: SignalsDeps
  exchange: Pick<ExchangeDeps, 'backlog' | 'vault'>
}

/** Traces of work in the field: an alarm that ended with a visit, what a phone handed in after its post was gone, who looked. As system, after the devices. */
export async function seedFieldWork(system: Ctx, town: Town, deps: FieldWorkDeps): Promise<void> {
  await endByVisit(system, town, deps.signals)
  await handInLate(system, town, deps.exchange)
  await lookInto(system, town)
}

/** Events of a house are about the dwelling and the person there, and about the detector in the corridor. As system. */
export async function linkMatters(system: Ctx, town: Town): Promise<void> {
  const { accountId } = town.members.find(({ account }) => account === 'grid')!
  await system.run(sql`
    WITH elder AS (
      SELECT p.person_id, p.address_id, b.name AS building, a.area_id AS cell_id FROM registry.person p JOIN registry.care_tag t USING (person_id)
        JOIN registry.address d ON d.address_id = p.address_id JOIN access.building b ON b.building_id = d.building_id JOIN access.area a ON a.area_id = b.cell_id
      WHERE a.code = ${`${communityPlans.oldEstate.code}001`} AND t.care_group = 'elder.lives-alone' AND t.valid_to IS NULL AND p.masked ->> 'name' = '赵*兰'
    ), matter AS (
      SELECT f.case_id, f.opened_at, row_number() OVER (ORDER BY f.place = e.building DESC, f.opened_at DESC) AS nth FROM elder e
        JOIN cases.case_file f ON f.cell_id = e.cell_id WHERE f.kind = 'event' AND NOT f.reporter_sealed
    ), linked AS (
      SELECT case_id, opened_at, 'dwelling' AS kind, address_id AS id FROM matter, elder WHERE nth <= 2
      UNION ALL SELECT case_id, opened_at, 'person', person_id FROM matter, elder WHERE nth = 1
      UNION ALL SELECT case_id, opened_at, 'device', device_id FROM matter, elder JOIN signals.device d ON d.subject_kind = 'dwelling' AND d.subject_id = address_id
        WHERE nth = 2 AND d.kind = 'door'
    )
    INSERT INTO cases.case_subject (case_id, kind, subject_id, linked_by, linked_at) SELECT case_id, kind, id, ${accountId}::uuid, opened_at FROM linked`)
}

/** The file of the elder of the story was opened, and her number looked at: she reads it on her phone, the security administrator in the list. */
async function lookInto(system: Ctx, town: Town): Promise<void> {
  const [elder] = await system.rows(sql<{ person_id: string }>`
    SELECT p.person_id FROM registry.person p JOIN signals.device d ON d.subject_id = p.person_id WHERE d.code = 'WB-0001'`)
  if (!elder) return
  const looks = [
    { account: 'grid', hoursAgo: 27, reason: null, fields: [] },
    { account: 'community', hoursAgo: 26, reason: '上门走访前电话联系', fields: ['phone'] },
    { account: 'community', hoursAgo: 74, reason: null, fields: [] },
  ]
  for (const { account, hoursAgo, reason, fields } of looks) {
    const then = datedBack(system, new Date(system.now.getTime() - hoursAgo * hours))
    await then.as(await actorOf(system, town, account), async (ctx) => {
      const kind = reason ? 'reveal' : 'profile'
      await ctx.as(systemActor, (inner) => noteView(inner, ctx, elder.person_id, { kind, reason, fields }))
      const line = { subjectKind: 'person', subjectId: elder.person_id, detail: { fields } }
      ctx.audit({ action: reason ? 'registry.reveal' : 'registry.read', purpose: reason, ...line })
    })
  }
}

interface Wearer {
  code: string
  cell: string
  person_id: string
  seq: number
}

/** Yesterday a wristband was pressed by mistake; the grid worker went to see, and that ended the alarm. */
async function endByVisit(system: Ctx, town: Town, signals: SignalsDeps): Promise<void> {
  const wearer = await system.find(sql<Wearer>`
    SELECT d.code, a.code AS cell, p.person_id, p.seq FROM signals.device d JOIN registry.person p ON p.person_id = d.subject_id
      JOIN access.area a ON a.area_id = d.cell_id
    WHERE d.kind = 'wristband' AND d.state = 'active' AND d.code <> 'WB-0001' AND d.subject_kind = 'person' ORDER BY d.code LIMIT 1`)
  const walker = town.members.find(({ role, area }) => role === 'gridWorker' && area.code === wearer?.cell)
  const device = wearer && (await findFacts(system, wearer.code))
  if (!wearer || !walker || !device) return
  const pressed = datedBack(system, new Date(system.now.getTime() - 27 * hours))
  const at = pressed.now.getTime()
  const message = { at, timeSource: 'device', deviceTs: String(at), key: 'h:seed-press', isProbed: false, values: { sos: 1 } } as const
  // It was long over when the town was made: nobody is called today.
  await alarmRules(signals).raise({ ...pressed, emit: () => {} }, [{ device, message }])
  const raised = await system.find(sql<{ episode_id: string }>`
    SELECT episode_id FROM signals.episode WHERE device_id = ${device.deviceId}::uuid AND settled_at IS NULL ORDER BY raised_at DESC LIMIT 1`)
  if (!raised) return
  const arrived = datedBack(system, new Date(at + 18 * 60_000))
  await arrived.as(await actorOf(system, town, walker.account), (ctx) =>
    visitEpisode(ctx, signals, raised.episode_id, {
      requestId: newId(),
      seenSeq: wearer.seq,
      madeAt: ctx.now.toISOString(),
      met: 'person',
      result: 'well',
      note: '不小心碰到了按键，人没事；又教了一遍怎么取消。',
      values: {},
      tags: [],
      openCase: false,
    }),
  )
}

/** A colleague who helped out in the next cell wrote there without signal; by the time it was sent the post there had ended. */
async function handInLate(system: Ctx, town: Town, deps: FieldWorkDeps['exchange']): Promise<void> {
  const helper = town.members.find(({ account }) => account === 'grid-3')!
  const area = town.areas.get(`${communityPlans.oldEstate.code}001`)!
  const { accountId, orgId } = helper
  const postId = await addPost(system, { accountId, orgId, area: area.areaId, role: helper.role, from: '2026-01-05' })
  const ended = new Date(system.now.getTime() - 20 * hours)
  await system.run(sql`UPDATE access.post SET ended_at = ${ended} WHERE post_id = ${postId}::uuid`)
  const elder = await system.find(sql<{ person_id: string; seq: number; name: string }>`
    SELECT p.person_id, p.seq, p.masked ->> 'name' AS name FROM registry.person p JOIN registry.care_tag t USING (person_id)
    WHERE p.cell_id = ${area.areaId}::uuid AND t.care_group = 'elder.lives-alone' AND p.masked ->> 'name' <> '赵*兰' ORDER BY p.person_id LIMIT 1`)
  const said = { postId, attachments: [], madeAt: new Date(ended.getTime() - 2 * hours).toISOString() }
  await system.as(await actorOf(system, town, helper.account), async (ctx) => {
    if (elder)
      await handIn(ctx, deps, {
        ...{ ...said, requestId: newId(), kind: 'visit', label: elder.name, why: 'registry.person_unknown' },
        params: { personId: elder.person_id },
        body: { seenSeq: elder.seq, madeAt: said.madeAt, met: 'person', result: 'concern', note: '夜里咳嗽，约了周四陪去卫生院。' },
      })
    await handIn(ctx, deps, {
      ...{ ...said, requestId: newId(), kind: 'report', label: '楼道堆了旧家具，挡着消防栓', why: 'access.area_forbidden', params: {} },
      body: {
        kind: 'event',
        channel: 'grid',
        areaCode: area.code,
        detail: '3 单元一楼楼道堆了旧家具，挡着消防栓，问了邻居都说不是自己的。',
      },
    })
  })
}
