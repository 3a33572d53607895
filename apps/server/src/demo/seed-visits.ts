import { newId } from '@linli/base/define'
import { type Actor, type Ctx, sql } from '@linli/base/server'
import { askCorrection, askErasure, recordVisit, type VisitDeps } from '@linli/registry/server'
import { actorOf, datedBack } from './in-the-past.ts'
import type { Town } from './seed-town.ts'
import { communityPlans } from './town-places.ts'

const hours = 3_600_000

type Said = Pick<Parameters<typeof recordVisit>[3], 'met' | 'result' | 'note'> & { phone?: string; seenSeq?: number }

/**
 * The grid worker of the old estate has been to see those who live alone: the elder of the stories is well, another one has a new telephone, and
 * what the daughter said of it the next day is not what the file says by then. The name of the son is asked to be corrected, and a file to be erased. As system, after the people.
 */
export async function seedVisits(system: Ctx, town: Town, deps: VisitDeps): Promise<void> {
  const elders = await system.rows(sql<{ person_id: string; seq: number; name: string }>`
    SELECT p.person_id, p.seq, p.masked ->> 'name' AS name FROM registry.person p
      JOIN registry.care_tag t USING (person_id) JOIN access.area cell ON cell.area_id = p.cell_id
    WHERE cell.code = ${`${communityPlans.oldEstate.code}001`} AND t.care_group = 'elder.lives-alone' ORDER BY p.person_id`)
  const story = elders.find(({ name }) => name === '赵*兰')
  const other = elders.find(({ name }) => name !== '赵*兰')
  if (!story || !other) return
  const worker = await actorOf(system, town, 'grid')
  const visit = (ago: number, { person_id, seq }: { person_id: string; seq: number }, { phone, seenSeq = seq, ...said }: Said) => {
    const then = datedBack(system, new Date(system.now.getTime() - ago * hours))
    const values = phone ? { phone } : {}
    return then.as(worker, (ctx) =>
      recordVisit(ctx, deps, person_id, { ...said, requestId: newId(), seenSeq, madeAt: ctx.now.toISOString(), values, tags: [] }),
    )
  }
  await visit(150, story, { met: 'person', result: 'well', note: '精神好，药按时吃；提醒她天冷少出门。' })
  await visit(54, other, { met: 'nobody', result: 'notMet', note: '敲门没人应，邻居说去女儿家了。' })
  await visit(0, other, { met: 'person', result: 'concern', note: '换了手机号；膝盖疼，下次带她去看。', phone: '19999993601' })
  await visit(0, other, { met: 'family', result: 'well', note: '女儿说原来的号码还在用。', phone: '19999993602' })
  const son = await system.find(sql<{ person_id: string }>`
    SELECT e.person_id FROM registry.person_entry e JOIN registry.person p USING (person_id) JOIN access.area cell ON cell.area_id = p.cell_id
    WHERE cell.code = ${`${communityPlans.oldEstate.code}001`} AND e.source = 'policeFile' LIMIT 1`)
  if (!son) return
  const asked = { requestId: newId(), field: 'name', value: '赵致远', basis: '户口簿上写的是“致”' } as const
  await datedBack(system, new Date(system.now.getTime() - 30 * hours)).as(worker, (ctx) => askCorrection(ctx, deps, son.person_id, asked))
  await askToErase(system, deps, worker, son.person_id)
}

/** Nobody of that name lives there: the grid worker has asked for the file to be erased, the community decides. */
async function askToErase(system: Ctx, deps: VisitDeps, worker: Actor, notThis: string): Promise<void> {
  const doubled = await system.find(sql<{ person_id: string }>`
    SELECT p.person_id FROM registry.person p JOIN access.area cell ON cell.area_id = p.cell_id
    WHERE cell.code = ${`${communityPlans.oldEstate.code}001`} AND p.status = 'here' AND p.person_id <> ${notThis}
      AND NOT EXISTS (SELECT FROM registry.care_tag t WHERE t.person_id = p.person_id)
      AND NOT EXISTS (SELECT FROM registry.contact c WHERE c.person_id = p.person_id)
      AND NOT EXISTS (SELECT FROM cases.case_subject m WHERE m.subject_id = p.person_id)
      AND NOT EXISTS (SELECT FROM cases.case_person m WHERE m.person_id = p.person_id)
    ORDER BY p.person_id DESC LIMIT 1`)
  if (!doubled) return
  const asked = { ground: 'mistaken', reason: '走访时没有这个人，是录入时串了户' } as const
  const then = datedBack(system, new Date(system.now.getTime() - 20 * hours))
  await then.as(worker, (ctx) => askErasure(ctx, { ...deps, erasureHolds: [] }, doubled.person_id, asked))
}
