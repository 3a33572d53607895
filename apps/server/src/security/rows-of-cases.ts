import { areaKeys, hash, insertInto, levelColumns, newUuid, now, raw, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, type Facts, idOf, type OrgKey, orgs, type StaffKey, type Subject } from './world.ts'

const stranger = idOf('account', 'stranger')

/** A case in every area, worked on by an office that none of the subjects is in; and cases that only a party or a handler should see. */
interface CasePlan {
  name: string
  area: AreaKey
  party: OrgKey
  main?: OrgKey
  handler?: StaffKey
  /** The scope is that of the place, although the handler is known by name. */
  isStale?: boolean
}

const plans: CasePlan[] = [
  ...areaKeys.map((area): CasePlan => ({ name: area, area, party: 'urbanManagement' })),
  ...(['housing', 'propertyCompany', 'committee', 'townshipOffice', 'dataBureau', 'securityOffice', 'auditOffice'] as const).map(
    (party): CasePlan => ({ name: `of ${party}`, area: 'farCommunity', party }),
  ),
  { name: 'of government', area: 'otherCommunity', party: 'government' },
  { name: 'handed to a grid worker', area: 'farCell', party: 'committee', handler: 'cell' },
  { name: 'handed to an administrator', area: 'farCell', party: 'dataBureau', handler: 'systemAdmin' },
  { name: 'taken from a grid worker', area: 'farCell', party: 'urbanManagement', handler: 'cell', isStale: true },
]

const factsOf = ({ area, party, handler, isStale }: CasePlan): Facts => ({
  area,
  orgIds: [orgs[party].orgId],
  ...(handler && !isStale && { sender: idOf('account', handler) }),
})

const caseIdOf = (plan: CasePlan) => idOf('case', plan.name)
/** A file whose first entry is still to come. */
const bareIdOf = (plan: CasePlan) => idOf('case', 'bare', plan.name)

function file(plan: CasePlan, caseId: string, seq = 1): string {
  return insertInto('cases.case_file', {
    case_id: caseId,
    number: caseId,
    kind: 'appeal',
    case_type: 'lamps.broken',
    title: '路灯不亮',
    channel: 'app',
    area_id: areas[plan.area].areaId,
    ...levelColumns(plan.area),
    stage: 'submitted',
    status: 'open',
    holder: 'main',
    main_org_id: orgs[plan.main ?? plan.party].orgId,
    handler_id: plan.handler && idOf('account', plan.handler),
    seq,
    opened_at: now,
    due_at: now,
    tail_hash: hash,
    code_hash: raw(`decode('${caseId.replaceAll('-', '')}', 'hex')`),
  })
}

const entry = (caseId: string, seq: number, accountId: string | null) =>
  insertInto('cases.case_entry', {
    case_id: caseId,
    seq,
    move: 'open',
    stage: 'submitted',
    data: '{}',
    account_id: accountId,
    made_at: now,
  })

const party = (plan: CasePlan, orgId: string) =>
  insertInto('cases.case_party', {
    case_id: caseIdOf(plan),
    org_id: orgId,
    role: 'main',
    area_path: areas[plan.area].path,
    kind: 'appeal',
    status: 'open',
    stage: 'submitted',
    opened_at: now,
    due_at: now,
  })

const clock = (caseId: string, key: string, round = 1) =>
  insertInto('cases.case_clock', { case_id: caseId, clock_key: key, round, started_at: now, due_at: now })

const notice = (caseId: string, level: number) =>
  insertInto('cases.case_notice', { case_id: caseId, clock_key: 'accept', round: 1, level, made_at: now })

const imported = (caseId: string) =>
  insertInto('cases.imported_case', {
    case_id: caseId,
    batch_id: idOf('batch'),
    source: 'lamps',
    source_key: caseId,
    row_hash: hash,
    seq: 1,
  })

const rating = (caseId: string, seq: number) => insertInto('cases.case_rating', { case_id: caseId, seq, score: 5, rated_at: now })

const linked = (caseId: string, personId: string) =>
  insertInto('cases.case_person', { case_id: caseId, person_id: personId, linked_at: now })

const about = (caseId: string, subjectId: string | typeof newUuid) =>
  insertInto('cases.case_subject', { case_id: caseId, kind: 'person', subject_id: subjectId, linked_at: now })

const view = (caseId: string, viewId: string | typeof newUuid, accountId: string, orgId: string | null) =>
  insertInto('cases.contact_view', {
    view_id: viewId,
    case_id: caseId,
    account_id: accountId,
    org_id: orgId,
    by_name: '王工作人员',
    reason: '核对地址',
    fields: raw("ARRAY['phone']"),
    viewed_at: now,
  })

const print = (caseId: string, printId: string | typeof newUuid, copy: number, accountId: string, orgId: string | null) =>
  insertInto('cases.receipt_print', { print_id: printId, case_id: caseId, copy, account_id: accountId, org_id: orgId, printed_at: now })

const duty = (id: string | typeof newUuid, area: AreaKey) =>
  insertInto('cases.duty', {
    duty_id: id,
    category: '市政',
    org_id: orgs.housing.orgId,
    area_path: areas[area].path,
    clause_no: '1',
    clause: '路灯',
    document: '清单',
    valid_from: '2026-01-01',
  })

const change = (id: string | typeof newUuid, area: AreaKey, accountId: string | null, more: Record<string, string | typeof now> = {}) =>
  insertInto('cases.duty_change', {
    change_id: id,
    change: 'add',
    area_path: areas[area].path,
    draft: '{}',
    effective_on: '2026-03-01',
    reason: '新清单',
    proposed_by: accountId,
    proposed_name: '王工作人员',
    proposed_at: now,
    ...more,
  })

const refusal = (id: string | typeof newUuid, area: AreaKey, orgId: string) =>
  insertInto('cases.opening_refusal', {
    refusal_id: id,
    kind: 'task',
    case_type: 'lamps.help',
    duty_id: idOf('duty', area),
    org_id: orgId,
    area_path: areas[area].path,
    refused_at: now,
  })

const perCase = (make: (plan: CasePlan) => Omit<TableRow, 'facts'>): TableRow[] =>
  plans.map((plan) => ({ facts: factsOf(plan), ...make(plan) }))
const own = (subject: Subject) => subject.accountId ?? stranger

/** In the order in which they can be seeded. */
export const casesRows: Record<string, TableRows> = {
  'cases.case_file': {
    set: "title = 'x'",
    untried: plans.length,
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}'`,
      seed: `${file(plan, caseIdOf(plan))}; ${file(plan, bareIdOf(plan))}`,
      insert: () => file(plan, idOf('case', 'new')),
      forge: { later: () => file(plan, idOf('case', 'new'), 2) },
    })),
  },
  'cases.case_entry': {
    set: "move = 'close'",
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}' AND seq = 1`,
      seed: entry(caseIdOf(plan), 1, null),
      insert: (subject) => entry(bareIdOf(plan), 1, subject.accountId),
      forge: {
        later: (subject: Subject) => entry(caseIdOf(plan), 2, subject.accountId),
        name: () => entry(bareIdOf(plan), 1, stranger),
      },
    })),
  },
  'cases.case_party': {
    set: "role = 'former'",
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}' AND org_id = '${orgs[plan.party].orgId}'`,
      seed: party(plan, orgs[plan.party].orgId),
      insert: (subject) => party(plan, subject.orgId && subject.orgId !== orgs[plan.party].orgId ? subject.orgId : stranger),
    })),
  },
  'cases.case_clock': {
    set: 'stopped_at = now()',
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}' AND clock_key = 'accept' AND round = 1`,
      seed: clock(caseIdOf(plan), 'accept'),
      insert: () => clock(bareIdOf(plan), 'accept'),
      forge: { round: () => clock(bareIdOf(plan), 'accept', 2) },
    })),
  },
  'cases.case_notice': {
    set: 'made_at = now()',
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}' AND level = 1`,
      seed: notice(caseIdOf(plan), 1),
      insert: () => notice(caseIdOf(plan), 2),
    })),
  },
  'cases.case_rating': {
    set: 'score = 1',
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}' AND seq = 9`,
      seed: rating(caseIdOf(plan), 9),
      insert: () => rating(caseIdOf(plan), 19),
    })),
  },
  'cases.case_person': {
    set: 'linked_at = now()',
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}'`,
      seed: linked(caseIdOf(plan), idOf('person', 'community')),
      insert: () => linked(caseIdOf(plan), idOf('person', 'siblingCommunity')),
    })),
  },
  'cases.case_subject': {
    set: 'linked_at = now()',
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}'`,
      seed: about(caseIdOf(plan), idOf('person', 'community')),
      insert: () => about(caseIdOf(plan), newUuid),
    })),
  },
  'cases.contact_view': {
    set: "reason = 'x'",
    rows: perCase((plan) => ({
      key: `view_id = '${idOf('view', plan.name)}'`,
      seed: view(caseIdOf(plan), idOf('view', plan.name), stranger, null),
      insert: (subject) => view(caseIdOf(plan), newUuid, own(subject), subject.orgId),
      forge: {
        name: (subject: Subject) => view(caseIdOf(plan), newUuid, stranger, subject.orgId),
        organization: (subject: Subject) => view(caseIdOf(plan), newUuid, own(subject), stranger),
      },
    })),
  },
  'cases.receipt_print': {
    set: "reason = 'x'",
    rows: perCase((plan) => ({
      key: `print_id = '${idOf('print', plan.name)}'`,
      seed: print(caseIdOf(plan), idOf('print', plan.name), 0, stranger, null),
      insert: (subject) => print(caseIdOf(plan), newUuid, 1, own(subject), subject.orgId),
      forge: {
        name: (subject: Subject) => print(caseIdOf(plan), newUuid, 1, stranger, subject.orgId),
        organization: (subject: Subject) => print(caseIdOf(plan), newUuid, 1, own(subject), stranger),
      },
    })),
  },
  'cases.imported_case': {
    set: 'seq = 2',
    rows: perCase((plan) => ({
      key: `case_id = '${caseIdOf(plan)}'`,
      seed: imported(caseIdOf(plan)),
      insert: () => `${entry(bareIdOf(plan), 1, null)}; ${imported(bareIdOf(plan))}`,
      forge: { lived: () => imported(bareIdOf(plan)) },
    })),
  },
  'cases.look_up_failure': {
    set: 'failures = 2',
    rows: [
      {
        facts: {},
        key: "number = 'probe'",
        seed: insertInto('cases.look_up_failure', { number: 'probe', hour: now, failures: 1 }),
        insert: () => insertInto('cases.look_up_failure', { number: 'other', hour: now, failures: 1 }),
      },
    ],
  },
  'cases.duty': {
    set: "standing = 'withdrawn'",
    rows: areaKeys.map((area) => ({
      facts: { area },
      key: `duty_id = '${idOf('duty', area)}'`,
      seed: duty(idOf('duty', area), area),
      insert: () => duty(newUuid, area),
    })),
  },
  'cases.duty_change': {
    set: "reason = 'x'",
    rows: areaKeys.map((area) => ({
      facts: { area },
      key: `change_id = '${idOf('duty change', area)}'`,
      seed: change(idOf('duty change', area), area, stranger),
      insert: (subject) => change(newUuid, area, own(subject)),
      forge: {
        name: () => change(newUuid, area, stranger),
        decided: (subject: Subject) =>
          change(newUuid, area, own(subject), {
            state: 'confirmed',
            decided_by: idOf('account', 'another'),
            decided_name: '别人',
            decided_at: now,
          }),
      },
    })),
  },
  'cases.opening_refusal': {
    set: "kind = 'x'",
    rows: areaKeys.flatMap((area) =>
      (area === 'farCommunity' ? (['urbanManagement', 'housing', 'committee'] as const) : (['urbanManagement', 'housing'] as const)).map(
        (org) => ({
          facts: { area, orgIds: [orgs[org].orgId] },
          key: `refusal_id = '${idOf('refusal', area, org)}'`,
          seed: refusal(idOf('refusal', area, org), area, orgs[org].orgId),
          insert: () => refusal(newUuid, area, orgs[org].orgId),
        }),
      ),
    ),
  },
}
