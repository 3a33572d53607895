import { type FoundPost, findPosts } from '@linli/access/server'
import { type Ctx, type Subscriber, sql } from '@linli/base/server'
import type { Templates } from '@linli/messages/define'
import { type LiveTopic, tellPosts } from '@linli/messages/server'
import { type Audience, type CaseType, findMove } from '../../define/case-type.ts'
import { handoverMove, isFact } from '../../define/fold.ts'
import type { CasesDeps } from '../deps.ts'

interface CaseFacts {
  caseId: string
  number: string
  areaPath: string
  countyId: string | null
  mainOrgId: string | null
  requesterOrgId: string | null
  rulingAreaId: string | null
  handlerId: string | null
  /** The account that took it in; null for a resident. */
  reportedBy: string | null
  category: string | null
  appealType: string | null
  level: string | null
  holder: string
  queue: string | null
}

/** Puts what happened to a case into the inboxes of those who must act on it; definitions say who and by which text. */
export function tellSubscriber(deps: Pick<CasesDeps, 'catalogue'>, templates: Templates): Subscriber {
  return {
    name: 'cases.tell',
    events: ['case.opened', 'case.moved', 'case.noticed'],
    async apply(system, { id, event, payload }) {
      // A handover is one message with a list, told by whoever keeps the list; not one for each case.
      if (payload.move === handoverMove) return
      const facts = await factsOf(system, String(payload.caseId))
      if (!facts) return
      const type = deps.catalogue.get(facts.case_type)
      if (event === 'case.moved' && type.taskTells) await tellBeginners(system, templates, facts, type.taskTells, Number(payload.seq))
      for (const { who, template } of tellsOf(type, event, payload, facts)) {
        const orgId = who === 'holder' ? await taskOrg(system, type, payload) : undefined
        const recipients = orgId
          ? await findPosts(system, { orgId, permission: 'cases.handle' })
          : await audience(system, facts, who === 'holder' ? holderOf(facts) : who, who === 'holder')
        const params = paramsOf(templates, template, { number: facts.number, clock: `clock.${String(payload.clock ?? '')}` })
        await tellPosts(system, templates, {
          recipients,
          template,
          params,
          caseId: facts.caseId,
          caseNumber: facts.number,
          onceKey: `${event}/${id}/${template}`,
        })
      }
    },
  }
}

/** Those whose part began with this step, given to them just now or come up after another was settled. */
async function tellBeginners(system: Ctx, templates: Templates, facts: CaseFacts, template: string, seq: number): Promise<void> {
  const orgs = await system.rows(sql<{ org_id: string }>`
    SELECT p.org_id FROM cases.case_party p JOIN cases.case_entry e ON e.case_id = p.case_id AND e.seq = ${seq} AND e.made_at = p.task_started_at
    WHERE p.case_id = ${facts.caseId}`)
  for (const { org_id } of orgs) {
    await tellPosts(system, templates, {
      recipients: await findPosts(system, { orgId: org_id, permission: 'cases.handle' }),
      template,
      params: paramsOf(templates, template, { number: facts.number }),
      caseId: facts.caseId,
      caseNumber: facts.number,
      onceKey: `case.task/${facts.caseId}/${seq}/${org_id}`,
    })
  }
}

/** The clock of a part of the matter is kept by whoever has that part. */
async function taskOrg(system: Ctx, type: CaseType, { caseId, clock, round }: Record<string, unknown>): Promise<string | undefined> {
  if (type.clocks[String(clock)]?.owner !== 'co') return undefined
  const row = await system.find(sql<{ org_id: string }>`
    SELECT org_id FROM cases.case_clock WHERE case_id = ${String(caseId)} AND clock_key = ${String(clock)} AND round = ${Number(round)}`)
  return row?.org_id
}

function tellsOf(
  type: CaseType,
  event: string,
  payload: Record<string, unknown>,
  facts: CaseFacts,
): { who: Audience | 'holder'; template: string }[] {
  if (event === 'case.opened') return (type.openingTells ?? []).filter(({ when }) => !when || isFact(facts, when))
  if (event === 'case.moved') {
    const move = findMove(type, String(payload.move))
    const tells = move?.toWhen?.find((branch) => branch.to === payload.stage && branch.tells)?.tells ?? move?.tells
    return tells ? [tells] : []
  }
  const notice = type.notices.find((other) => other.level === payload.level)
  return (notice?.tells ?? []).map((who) => ({ who, template: notice!.template }))
}

/** Of what is known, the parameters that this template declares. */
function paramsOf(templates: Templates, template: string, known: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(known).filter(([name]) => templates.get(template)?.params[name]))
}

function holderOf({ holder, queue }: CaseFacts): Audience {
  if (holder === 'main' || holder === 'superior' || holder === 'requester') return holder
  return queue === 'admit' ? 'admitter' : 'desk'
}

async function audience(system: Ctx, facts: CaseFacts, who: Audience, handlerOnly: boolean): Promise<FoundPost[]> {
  const found = await postsOf(system, facts, who)
  const handler = handlerOnly && who === 'main' ? found.filter((post) => post.accountId === facts.handlerId) : []
  return handler.length > 0 ? handler : found
}

function postsOf(system: Ctx, facts: CaseFacts, who: Audience) {
  switch (who) {
    case 'desk':
      return nearDesk(system, facts)
    case 'admitter':
      return findPosts(system, { containing: facts.areaPath, permission: 'cases.admit' })
    case 'requester':
      return facts.requesterOrgId ? findPosts(system, { orgId: facts.requesterOrgId, permission: 'cases.request' }) : Promise.resolve([])
    case 'reporter':
      return reporters(system, facts)
    case 'approver':
      return findPosts(system, { containing: facts.areaPath, permission: 'cases.approveExtension' })
    case 'superior':
      return judges(system, facts)
    case 'county':
      return findPosts(system, { containing: facts.areaPath, roles: ['countyLead'] })
    case 'main':
      return facts.mainOrgId ? findPosts(system, { orgId: facts.mainOrgId, permission: 'cases.handle' }) : Promise.resolve([])
  }
}

async function judges(system: Ctx, facts: CaseFacts): Promise<FoundPost[]> {
  const found = await findPosts(system, { containing: facts.areaPath, permission: 'cases.rule' })
  return found.filter((post) => post.areaId === facts.rulingAreaId)
}

/** Whoever of the staff reported it, when he still has a post there and did not handle it himself; else the desk. */
async function reporters(system: Ctx, facts: CaseFacts): Promise<FoundPost[]> {
  const found = await findPosts(system, { containing: facts.areaPath, permission: 'cases.read' })
  const own = found.filter((post) => post.accountId === facts.reportedBy && post.orgId !== facts.mainOrgId)
  return own.length > 0 ? own : nearDesk(system, facts)
}

/** The desks of the community and the township; the county's only where there is none below it. */
async function nearDesk(system: Ctx, facts: CaseFacts): Promise<FoundPost[]> {
  const found = await findPosts(system, { containing: facts.areaPath, permission: 'cases.accept' })
  const near = found.filter((post) => post.areaId !== facts.countyId)
  return near.length > 0 ? near : found
}

async function factsOf(system: Ctx, caseId: string): Promise<(CaseFacts & { case_type: string }) | undefined> {
  return system.find(sql<CaseFacts & { case_type: string }>`
    SELECT case_id AS "caseId", number, case_type, area_path AS "areaPath", county_id AS "countyId", main_org_id AS "mainOrgId", requester_org_id AS "requesterOrgId", ruling_area_id AS "rulingAreaId", handler_id AS "handlerId", holder, queue,
      category, appeal_type AS "appealType", level, (SELECT account_id FROM cases.case_entry e WHERE e.case_id = f.case_id AND e.seq = 1) AS "reportedBy"
    FROM cases.case_file f WHERE case_id = ${caseId}`)
}

/** Open pages hear the id of a case that was touched, if their post sees it. */
export const caseTopic: LiveTopic = {
  name: 'case',
  events: ['case.opened', 'case.moved', 'case.noticed'],
  key: 'caseId',
  async visible(ctx, caseIds) {
    const rows = await ctx.rows(sql<{ case_id: string }>`SELECT case_id FROM cases.case_file WHERE case_id = ANY (${caseIds}::uuid[])`)
    return rows.map((row) => row.case_id)
  },
  // A line post may be a party anywhere; a territory post only hears of its own area.
  concerns: (actor, payload) => actor.reach === 'line' || (actor.areaPath !== null && String(payload.areaPath).startsWith(actor.areaPath)),
}
