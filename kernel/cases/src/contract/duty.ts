import { Cursor, Day, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { Key } from './case.ts'

/** 基本履职, 配合履职, 上级收回: what one answers for, what one helps with, and what nobody may send down any more. */
export const DutyStanding = z.enum(['basic', 'cooperating', 'withdrawn'])
export type DutyStanding = z.infer<typeof DutyStanding>

/** One line as somebody wants it to be; its document and clause are its basis. */
export const DutyDraft = z.object({
  category: Key.min(1),
  orgId: Id,
  areaId: Id,
  standing: DutyStanding,
  clauseNo: text(1, 20),
  clause: text(2, 500),
  document: text(2, 200),
  /** Words of residents that point to it. */
  words: z.array(text(1, 20)).max(30),
})
export type DutyDraft = z.infer<typeof DutyDraft>

export const DutyRow = DutyDraft.extend({
  dutyId: Id,
  orgName: z.string(),
  areaName: z.string(),
  /** In Chinese; pages say it in their own language by the key. */
  categoryName: z.string(),
  /** The kinds of work whose category it is. */
  kinds: z.array(z.string()),
  validFrom: Day,
  /** The first day without it; null while no end is known. */
  validTo: Day.nullable(),
  state: z.enum(['inForce', 'coming', 'ended']),
  version: z.number().int(),
  /** Somebody has proposed to change it, and nobody has decided. */
  isPending: z.boolean(),
})
export type DutyRow = z.infer<typeof DutyRow>

export const DutyChange = z.object({
  changeId: Id,
  change: z.enum(['add', 'amend', 'end']),
  state: z.enum(['proposed', 'confirmed', 'refused', 'takenBack']),
  /** The line as it stands, or stood; null for a new one. */
  line: DutyRow.nullable(),
  /** The line as it would be; null for an end. */
  draft: DutyDraft.extend({ orgName: z.string(), areaName: z.string(), categoryName: z.string() }).nullable(),
  effectiveOn: Day,
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
  /** Whether the acting post may decide it, or take it back as its own. */
  canDecide: z.boolean(),
  canTakeBack: z.boolean(),
})
export type DutyChange = z.infer<typeof DutyChange>

const filter = {
  standing: DutyStanding.optional(),
  /** In force on this day; today when absent. */
  on: Day.optional(),
  /** Every line that ever was. */
  ever: z.literal('true').optional(),
  q: text(0, 60).optional(),
  category: Key.optional(),
  org: Id.optional(),
  /** In this place or in one that it lies in: the lists that hold there. */
  area: Id.optional(),
}

export const listDuties = endpoint({
  method: 'GET',
  path: '/duties',
  summary: '职责清单：本地区和上下级的履行职责事项清单',
  permission: 'signed-in',
  query: z.object({ ...filter, limit: z.coerce.number().int().min(1).max(100).default(50), cursor: Cursor.optional() }),
  result: page(DutyRow).extend({
    on: Day,
    /** Lines of each list that the other filters find. */
    counts: z.object({ basic: z.number().int(), cooperating: z.number().int(), withdrawn: z.number().int() }),
    /** Changes that wait for somebody of this place to decide; null where that is not this post's to know. */
    proposed: z.number().int().nullable(),
  }),
})

/** What the filters of the lists offer. */
export const listDutyChoices = endpoint({
  method: 'GET',
  path: '/duties/choices',
  summary: '清单里有的地方和单位',
  permission: 'signed-in',
  result: z.object({
    areas: z.array(z.object({ areaId: Id, name: z.string() })),
    organizations: z.array(z.object({ orgId: Id, name: z.string() })),
  }),
})

export const DutyView = DutyRow.extend({
  /** Every line of its history, the newest first. */
  history: z.array(
    DutyRow.pick({ dutyId: true, standing: true, clauseNo: true, clause: true, orgName: true, validFrom: true, validTo: true }),
  ),
  changes: z.array(DutyChange),
  /** Matters in the post's own scope that were last sent by this line; null for a post that reads no matters. */
  routed: z.object({ total: z.number().int(), open: z.number().int() }).nullable(),
  /** Of those in scope, the dispatches by this line that were given back, the latest first. */
  rejected: z
    .array(
      z.object({
        caseId: Id,
        number: z.string(),
        title: z.string(),
        orgName: z.string(),
        code: z.string().nullable(),
        basis: z.string().nullable(),
        at: Instant,
      }),
    )
    .nullable(),
})
export type DutyView = z.infer<typeof DutyView>

export const getDuty = endpoint({
  method: 'GET',
  path: '/duties/:dutyId',
  summary: '清单的一条：条款、依据、变更经过，按它派过的事',
  permission: 'signed-in',
  params: z.object({ dutyId: Id }),
  result: DutyView,
  errors: ['case.duty_unknown'],
})

const Proposal = z.object({
  requestId: RequestId,
  /** From which day on; a day gone by is refused, for what was right then stays right. */
  effectiveOn: Day,
  reason: text(2, 500),
})
const proposalErrors = ['case.data_invalid', 'access.area_forbidden'] as const
const lineErrors = [...proposalErrors, 'case.duty_unknown', 'case.duty_changed', 'case.duty_pending', 'case.duty_ended'] as const
const proposal = {
  method: 'POST',
  permission: 'cases.duties',
  idempotent: true,
  result: DutyChange,
  status: 201,
  replayStatus: 200,
} as const

export const proposeDuty = endpoint({
  ...proposal,
  path: '/duties',
  summary: '提出新增一条职责（另一人确认后生效）',
  body: Proposal.extend({ draft: DutyDraft }),
  errors: proposalErrors,
})

export const proposeAmendment = endpoint({
  ...proposal,
  path: '/duties/:dutyId/amendments',
  summary: '提出修改一条职责',
  params: z.object({ dutyId: Id }),
  body: Proposal.extend({ expectedVersion: z.number().int().min(1), draft: DutyDraft }),
  errors: lineErrors,
})

export const proposeEnd = endpoint({
  ...proposal,
  path: '/duties/:dutyId/end',
  summary: '提出终止一条职责（不删除，记到哪一天为止）',
  params: z.object({ dutyId: Id }),
  body: Proposal.extend({ expectedVersion: z.number().int().min(1) }),
  errors: lineErrors,
})

export const listDutyChanges = endpoint({
  method: 'GET',
  path: '/duties/changes',
  summary: '清单变更：待确认的和最近办过的',
  permission: 'signed-in',
  query: z.object({ state: z.enum(['proposed', 'decided']).default('proposed') }),
  result: z.object({ items: z.array(DutyChange) }),
})

export const decideDutyChange = endpoint({
  method: 'POST',
  path: '/duties/changes/:changeId/decision',
  summary: '确认或不同意一项清单变更（不能是提出的人）',
  permission: 'cases.confirmDuties',
  idempotent: true,
  params: z.object({ changeId: Id }),
  body: z.object({ requestId: RequestId, confirm: z.boolean(), note: text(2, 500).optional() }),
  result: DutyChange,
  errors: ['case.data_invalid', 'case.duty_change_unknown', 'case.duty_change_decided', 'case.duty_changed', 'case.duty_own_proposal'],
})

export const takeBackDutyChange = endpoint({
  method: 'POST',
  path: '/duties/changes/:changeId/withdrawal',
  summary: '撤回自己提出的清单变更',
  permission: 'cases.duties',
  idempotent: true,
  params: z.object({ changeId: Id }),
  body: z.object({ requestId: RequestId }),
  result: DutyChange,
  errors: ['case.duty_change_unknown', 'case.duty_change_decided'],
})

/** The filter of the list, as an export has it. */
export const DutyFilter = z.object(filter).strict()
