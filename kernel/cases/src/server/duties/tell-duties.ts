import { findPosts } from '@linli/access/server'
import { type Ctx, type Subscriber, sql } from '@linli/base/server'
import type { Templates } from '@linli/messages/define'
import { tellPosts } from '@linli/messages/server'

interface Told {
  area_path: string
  area: string
  clause: string | null
  state: 'proposed' | 'confirmed' | 'refused' | 'takenBack'
  proposed_by: string
  decided_by: string | null
}

/** Tells who may decide a proposed change of the duty lists, and who proposed it what became of it. */
export function dutiesSubscriber(templates: Templates): Subscriber {
  return {
    name: 'cases.duties',
    events: ['duty.proposed', 'duty.settled'],
    async apply(system, { payload }) {
      const changeId = String(payload.changeId)
      const change = await system.find(sql<Told>`
        SELECT c.area_path, a.name AS area, coalesce(d.clause_no, c.draft ->> 'clauseNo') AS clause, c.state, c.proposed_by, c.decided_by
        FROM cases.duty_change c JOIN access.area a USING (area_path) LEFT JOIN cases.duty d USING (duty_id) WHERE c.change_id = ${changeId}`)
      if (!change || change.state === 'takenBack') return
      const template = `cases.duty-${change.state}`
      const account = change.state === 'proposed' ? change.proposed_by : change.decided_by
      const params = { account: account ?? '', area: change.area, clause: change.clause ?? '' }
      const recipients = change.state === 'proposed' ? await deciders(system, change) : await proposers(system, change)
      await tellPosts(system, templates, { recipients, template, params, onceKey: `duty/${changeId}/${change.state}` })
    },
  }
}

/** The nearest place that has somebody to decide, but not whoever proposed it. */
async function deciders(system: Ctx, { area_path, proposed_by }: Told) {
  const found = await findPosts(system, { containing: area_path, permission: 'cases.confirmDuties' })
  const others = found.filter((post) => post.accountId !== proposed_by)
  return others.filter((post) => post.areaPath === others[0]?.areaPath)
}

async function proposers(system: Ctx, { area_path, proposed_by }: Told) {
  const found = await findPosts(system, { containing: area_path, permission: 'cases.duties' })
  return found.filter((post) => post.accountId === proposed_by)
}
