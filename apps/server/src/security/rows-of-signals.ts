import { areaKeys, hash, insertInto, levelColumns, newUuid, now, raw, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, type Facts, idOf, type OrgKey, orgs } from './world.ts'

type Id = string | typeof newUuid

/** A device in every area that no subject's office has anything to do with, and devices elsewhere that one of them owns or keeps. */
interface DevicePlan {
  name: string
  area: AreaKey
  owner: OrgKey
  maintainer: OrgKey
}

const plans: DevicePlan[] = [
  ...areaKeys.map((area): DevicePlan => ({ name: area, area, owner: 'urbanManagement', maintainer: 'urbanManagement' })),
  ...(['housing', 'propertyCompany', 'committee', 'dataBureau', 'auditOffice'] as const).flatMap((org): DevicePlan[] => [
    { name: `owned by ${org}`, area: 'farCommunity', owner: org, maintainer: 'urbanManagement' },
    { name: `kept by ${org}`, area: 'farCommunity', owner: 'urbanManagement', maintainer: org },
  ]),
]

const deviceIdOf = (plan: DevicePlan) => idOf('device', plan.name)
/** One that has no state yet. */
const bareIdOf = (plan: DevicePlan) => idOf('device', 'bare', plan.name)

/** An alarm in every area, and alarms elsewhere to which one of the subjects' offices is called. */
interface AlarmPlan {
  name: string
  area: AreaKey
  calls?: OrgKey
}

const alarms: AlarmPlan[] = [
  ...areaKeys.map((area): AlarmPlan => ({ name: area, area })),
  ...(['housing', 'propertyCompany', 'committee'] as const).map(
    (calls): AlarmPlan => ({ name: `calls ${calls}`, area: 'farCommunity', calls }),
  ),
]
const episodeIdOf = (plan: AlarmPlan) => idOf('episode', plan.name)

const factsOf = ({ area, owner, maintainer }: DevicePlan): Facts => ({ area, orgIds: [orgs[owner].orgId, orgs[maintainer].orgId] })

function device(plan: DevicePlan, deviceId: Id, subjectId = idOf('building', 'any')): string {
  return insertInto('signals.device', {
    device_id: deviceId,
    code: raw("'P-' || left(gen_random_uuid()::text, 36)"),
    kind: 'door',
    name: '门磁',
    protocol: 'mqtt',
    subject_kind: 'building',
    subject_id: subjectId,
    place: '1号楼',
    area_id: areas[plan.area].areaId,
    ...levelColumns(plan.area),
    owner_org_id: orgs[plan.owner].orgId,
    maintainer_org_id: orgs[plan.maintainer].orgId,
    registered_at: now,
  })
}

const credential = (id: Id, deviceId: string, isRevoked: boolean) =>
  insertInto('signals.device_credential', {
    credential_id: id,
    device_id: deviceId,
    secret_hash: hash,
    made_at: now,
    revoked_at: isRevoked ? now : null,
  })

const state = (deviceId: string) => insertInto('signals.device_state', { device_id: deviceId, last_seen_at: now })

const telemetry = (deviceId: string, key: string | ReturnType<typeof raw>) =>
  insertInto('signals.telemetry', {
    device_id: deviceId,
    at: now,
    message_key: key,
    received_at: now,
    values: '{"passage": 1}',
    time_source: 'receipt',
    is_probed: false,
  })

const quarantined = (plan: DevicePlan, id: Id, reason: string) =>
  insertInto('signals.quarantine', {
    quarantine_id: id,
    device_id: deviceIdOf(plan),
    reason,
    payload: hash,
    payload_bytes: 32,
    payload_hash: hash,
    channel: 'mqtt',
    first_at: now,
    last_at: now,
    area_path: areas[plan.area].path,
  })

const episode = ({ area, calls }: AlarmPlan, id: Id, subjectId: Id) =>
  insertInto('signals.episode', {
    episode_id: id,
    number: raw("'JB-' || gen_random_uuid()"),
    rule_key: 'lamps.smoke',
    subject_kind: 'building',
    subject_id: subjectId,
    device_id: idOf('device', area),
    place: '1号楼',
    area_id: areas[area].areaId,
    ...levelColumns(area),
    called_org_id: calls ? orgs[calls].orgId : null,
    stage: 'raised',
    level: 2,
    highest_level: 2,
    first_signal_at: now,
    last_signal_at: now,
    raised_at: now,
    seq: 1,
  })

const entry = (plan: AlarmPlan, seq: number) =>
  insertInto('signals.episode_entry', { episode_id: episodeIdOf(plan), seq, move: 'raise', data: '{"level": 2}', made_at: now })

const detector = (plan: AlarmPlan, deviceId: string) =>
  insertInto('signals.episode_detector', { episode_id: episodeIdOf(plan), device_id: deviceId, first_at: now, last_at: now, signals: 1 })

const step = (plan: AlarmPlan, attempt: number) =>
  insertInto('signals.ladder_step', { episode_id: episodeIdOf(plan), rung: 0, attempt, rung_key: 'near', taken_at: now })

const visit = (plan: AlarmPlan, id: Id) =>
  insertInto('signals.episode_visit', {
    visit_id: id,
    episode_id: episodeIdOf(plan),
    met: 'person',
    result: 'well',
    made_at: now,
    recorded_at: now,
  })

const storm = (area: AreaKey, rule: string) =>
  insertInto('signals.storm', {
    rule_key: rule,
    community_id: areas[area].areaId,
    area_path: areas[area].path,
    storm_id: newUuid,
    began_at: now,
    last_at: now,
  })

const communities = areaKeys.filter((key) => areas[key].above.community)

const choice = (area: AreaKey, rule: string) =>
  insertInto('signals.watch_choice', { person_id: idOf('person', area), rule_key: rule, muted_at: now, changed_at: now })

const pause = (area: AreaKey, since: string) =>
  insertInto('signals.watch_pause', { person_id: idOf('person', area), paused_for: 'hospital', since, until: '2030-01-01' })

const timer = (plan: DevicePlan, subjectId: Id) =>
  insertInto('signals.timer', {
    rule_key: 'lamps.dark',
    subject_kind: 'dwelling',
    subject_id: subjectId,
    device_id: deviceIdOf(plan),
    counts_from: now,
    due_at: now,
  })

const perDevice = (make: (plan: DevicePlan) => Omit<TableRow, 'facts'>): TableRow[] =>
  plans.map((plan) => ({ facts: factsOf(plan), ...make(plan) }))
const perPerson = (make: (area: AreaKey) => Omit<TableRow, 'facts'>): TableRow[] =>
  communities.map((area) => ({ facts: { area }, ...make(area) }))
const perArea = (make: (area: AreaKey) => Omit<TableRow, 'facts'>): TableRow[] =>
  areaKeys.map((area) => ({ facts: { area }, ...make(area) }))
const perEpisode = (make: (plan: AlarmPlan) => Omit<TableRow, 'facts'>): TableRow[] =>
  alarms.map((plan) => ({ facts: { area: plan.area, ...(plan.calls && { orgIds: [orgs[plan.calls].orgId] }) }, ...make(plan) }))

export const signalsRows: Record<string, TableRows> = {
  'signals.device': {
    set: "name = 'x'",
    untried: plans.length,
    rows: perDevice((plan) => ({
      key: `device_id = '${deviceIdOf(plan)}'`,
      seed: `${device(plan, deviceIdOf(plan))}; ${device(plan, bareIdOf(plan))}`,
      insert: () => device(plan, newUuid),
    })),
  },
  'signals.device_credential': {
    set: 'made_at = now()',
    rows: perDevice((plan) => ({
      key: `credential_id = '${idOf('credential', plan.name)}'`,
      seed: credential(idOf('credential', plan.name), deviceIdOf(plan), false),
      insert: () => credential(newUuid, deviceIdOf(plan), true),
    })),
  },
  'signals.device_state': {
    set: 'last_seen_at = now()',
    rows: perDevice((plan) => ({
      key: `device_id = '${deviceIdOf(plan)}'`,
      seed: state(deviceIdOf(plan)),
      insert: () => state(bareIdOf(plan)),
    })),
  },
  'signals.telemetry': {
    set: 'received_at = now()',
    rows: perDevice((plan) => ({
      key: `device_id = '${deviceIdOf(plan)}'`,
      seed: telemetry(deviceIdOf(plan), 'seed'),
      insert: () => telemetry(deviceIdOf(plan), raw('gen_random_uuid()::text')),
    })),
  },
  'signals.quarantine': {
    set: 'times = 2',
    rows: perDevice((plan) => ({
      key: `quarantine_id = '${idOf('quarantine', plan.name)}'`,
      seed: quarantined(plan, idOf('quarantine', plan.name), 'json-malformed'),
      insert: () => quarantined(plan, newUuid, 'too-large'),
    })),
  },
  'signals.ingest_node': {
    set: 'beat_at = now()',
    rows: [
      {
        facts: {},
        key: `node_id = '${idOf('node', 'one')}'`,
        seed: insertInto('signals.ingest_node', { node_id: idOf('node', 'one'), beat_at: now }),
        insert: () => insertInto('signals.ingest_node', { node_id: newUuid, beat_at: now }),
      },
    ],
  },
  'signals.episode': {
    set: 'last_signal_at = now()',
    rows: perEpisode((plan) => ({
      key: `episode_id = '${episodeIdOf(plan)}'`,
      seed: episode(plan, episodeIdOf(plan), idOf('building', plan.name)),
      insert: () => episode(plan, newUuid, newUuid),
    })),
  },
  'signals.episode_entry': {
    set: "data = '{}'",
    rows: perEpisode((plan) => ({ key: `episode_id = '${episodeIdOf(plan)}'`, seed: entry(plan, 1), insert: () => entry(plan, 2) })),
  },
  'signals.episode_detector': {
    set: 'signals = 2',
    rows: perEpisode((plan) => ({
      key: `episode_id = '${episodeIdOf(plan)}'`,
      seed: detector(plan, idOf('device', plan.area)),
      insert: () => detector(plan, idOf('device', 'bare', plan.area)),
    })),
  },
  'signals.ladder_step': {
    set: "outcome = 'answered'",
    rows: perEpisode((plan) => ({ key: `episode_id = '${episodeIdOf(plan)}'`, seed: step(plan, 1), insert: () => step(plan, 2) })),
  },
  'signals.episode_visit': {
    set: "result = 'help'",
    rows: perEpisode((plan) => ({
      key: `visit_id = '${idOf('visit of an alarm', plan.name)}'`,
      seed: visit(plan, idOf('visit of an alarm', plan.name)),
      insert: () => visit(plan, newUuid),
    })),
  },
  'signals.storm': {
    set: 'last_at = now()',
    rows: perArea((area) => ({
      key: `community_id = '${areas[area].areaId}'`,
      seed: storm(area, 'lamps.call'),
      insert: () => storm(area, 'lamps.smoke'),
    })),
  },
  'signals.timer': {
    set: 'due_at = NULL',
    rows: perDevice((plan) => ({
      key: `device_id = '${deviceIdOf(plan)}'`,
      seed: timer(plan, idOf('dwelling', plan.name)),
      insert: () => timer(plan, newUuid),
    })),
  },
  'signals.watch_choice': {
    set: 'muted_at = now()',
    rows: perPerson((area) => ({
      key: `person_id = '${idOf('person', area)}'`,
      seed: choice(area, 'lamps.dark'),
      insert: () => choice(area, 'lamps.indoors'),
    })),
  },
  'signals.watch_pause': {
    set: "until = '2031-01-01'",
    rows: perPerson((area) => ({
      key: `person_id = '${idOf('person', area)}'`,
      seed: pause(area, '2026-01-01'),
      insert: () => pause(area, '2026-02-01'),
    })),
  },
}
