import type { Scope, StaffKey, Who } from './world.ts'

/** What a statement meets: rows, nothing to be seen, or a refusal (42501). */
export type Answer = 'rows' | 'none' | 'denied'
type Grant = Partial<Record<Who, readonly Scope[] | 'every'>>

/** Who gets what from one operation of one table. */
export interface Rule {
  /** Requests that reach rows of these scopes. */
  readonly rows: Grant
  /** Requests that reach the row and are refused what they want to do with it. */
  readonly denied?: Grant
  /** All other requests. */
  readonly otherwise: 'none' | 'denied'
  readonly system: 'rows' | 'denied'
}

export interface TableRule {
  /** Why it is so, or where it is narrower or wider than one would expect. */
  readonly because: string
  readonly select: Rule
  readonly insert: Rule
  readonly update: Rule
  readonly delete: Rule
  /** Claims of what is not theirs, by the name they have in the rows. */
  readonly forge?: Record<string, Rule>
  /** The same for everyone, so no row level security; what requests may do is read. */
  readonly isOpen?: true
  /** Truth: nobody may change or remove it, not even the workers. */
  readonly isAppendOnly?: true
  /** The columns by which lists of a level find their rows; an index begins with each. */
  readonly levelColumns?: readonly string[]
  /** A place itself, found by its path and its parent. */
  readonly isPlace?: true
}

const inside: readonly Scope[] = ['own', 'child']
const territories = ['cell', 'community', 'township', 'county', 'prefecture', 'province'] as const
const lines = ['department', 'property'] as const
const administrators = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const
const staff: readonly StaffKey[] = [...territories, ...lines, ...administrators]

const all = (whos: readonly Who[], scopes: readonly Scope[] | 'every' = 'every'): Grant =>
  Object.fromEntries(whos.map((who) => [who, scopes]))

const reads = (rows: Grant): Rule => ({ rows, otherwise: 'none', system: 'rows' })
const writes = (rows: Grant): Rule => ({ rows, otherwise: 'denied', system: 'rows' })
/** Refused to every request, also where the row is in reach; the workers may. */
const systemOnly: Rule = { rows: {}, otherwise: 'denied', system: 'rows' }
const nobody: Rule = { rows: {}, otherwise: 'denied', system: 'denied' }

const closedToRequests = { select: systemOnly, insert: systemOnly, update: systemOnly, delete: nobody }

const signedIn = all([...staff, 'postless'])
const acting = all([...staff, 'postless', 'public'])
const opening = all([...territories, 'public'])

/** 块: territory posts see their areas; 条: an organization sees what it is a party of, but a committee's grid workers only their cells and what they were handed. */
const caseScope: Grant = {
  ...all(territories, [...inside, 'ownOrg']),
  cell: [...inside, 'self'],
  ...all(lines, ['ownOrg']),
}

const territoryScope: Grant = all(territories, inside)
/** 条: what its organization owns or keeps in order. */
const deviceScope: Grant = { ...territoryScope, ...all(lines, ['ownOrg']) }

/** Its organization sees a topic that it owns; a grid worker only those of the own place. */
const topicScope: Grant = { ...caseScope, cell: inside }

/** Accounts and posts: one's own, one's colleagues', and an administrator's area. */
const people: Grant = { ...all(staff, ['self', 'ownOrg']), postless: ['self'] }

/** People and dwellings: territory posts whose work is with them. */
const registryScope: Grant = all(['cell', 'community'], inside)
const throughPerson = (): Omit<TableRule, 'because'> => ({
  select: reads(registryScope),
  insert: systemOnly,
  update: systemOnly,
  delete: nobody,
})

const caseLevels = ['cell_id', 'community_id', 'county_id', 'township_id']

export const oracle: Record<string, TableRule> = {
  'base.database_mark': { because: 'what kind of database this is; the platform asks at its start', ...closedToRequests },
  'base.idempotent_request': {
    because: 'a stored answer is given again to who asked first; the public is one sender, and a request id is not guessed',
    select: reads(all([...staff, 'public', 'postless'], ['self'])),
    insert: writes(acting),
    update: nobody,
    delete: systemOnly,
    forge: { sender: systemOnly },
  },
  'base.outbox': { because: 'requests tell, workers read', select: systemOnly, insert: writes(acting), update: nobody, delete: systemOnly },
  'base.outbox_cursor': { because: 'how far each subscriber has read', ...closedToRequests },
  'base.outbox_dead': { because: 'events put aside', ...closedToRequests },
  'base.audit_entry': {
    because: 'one trail for the whole deployment, for a trail with holes cannot be verified; so an auditor reads all of it',
    select: reads(all(['auditAdmin'])),
    insert: writes(acting),
    update: nobody,
    delete: nobody,
    forge: { name: systemOnly },
    isAppendOnly: true,
  },
  'base.audit_seal': {
    because: 'the chain over the trail',
    select: reads(all(['auditAdmin'])),
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    isAppendOnly: true,
  },
  'base.person_key': {
    because: 'requests make keys; only the platform opens what they seal, and deleting a key erases a person',
    select: systemOnly,
    insert: writes(acting),
    update: nobody,
    delete: systemOnly,
  },
  'base.file': {
    because: "one sees uploads of one's own that nobody owns yet; an owned file is read through its owner",
    select: reads(all([...staff, 'postless'], ['self'])),
    insert: writes(acting),
    update: systemOnly,
    delete: systemOnly,
    forge: { maker: systemOnly, owner: systemOnly },
  },
  'base.calendar_year': {
    because: 'public holiday notices, imported by the owner',
    select: reads({}),
    insert: nobody,
    update: nobody,
    delete: nobody,
    isOpen: true,
  },
  'base.calendar_day': {
    because: 'public holiday notices, imported by the owner',
    select: reads({}),
    insert: nobody,
    update: nobody,
    delete: nobody,
    isOpen: true,
  },

  'access.area': { because: 'names of places are public, but not to a connection that acts for nobody', ...placeOf(), isPlace: true },
  'access.area_code': { because: 'as areas', ...placeOf() },
  'access.area_successor': { because: 'as areas; what became of one is written once', ...placeOf(), update: nobody, isAppendOnly: true },
  'access.organization': { because: 'as areas', ...placeOf() },
  'access.building': { because: 'as areas', ...placeOf() },
  'access.role': {
    because: 'what roles there are is for staff',
    select: reads(signedIn),
    insert: systemOnly,
    update: systemOnly,
    delete: nobody,
  },
  'access.role_permission': { because: 'as roles', select: reads(signedIn), insert: systemOnly, update: nobody, delete: systemOnly },
  'access.account': {
    because: 'oneself, colleagues, and for administrators their area; the system administrator makes, the security administrator locks',
    select: reads({ ...people, ...all(['systemAdmin', 'securityAdmin'], ['self', 'ownOrg', 'own', 'child']) }),
    insert: writes(all(['systemAdmin'], inside)),
    update: reads(all(['securityAdmin'], ['ownOrg', 'own', 'child'])),
    delete: nobody,
    forge: { maker: systemOnly },
  },
  'access.post': {
    because: 'as accounts; nobody gives or ends a post of his own or of those who watch over him, and what a post was stays on record',
    select: reads({ ...people, ...all(['systemAdmin', 'securityAdmin'], ['self', 'ownOrg', 'own', 'child', 'watcher']) }),
    insert: writes(all(['systemAdmin'], inside)),
    update: reads(all(['systemAdmin'], ['ownOrg', 'own', 'child'])),
    delete: nobody,
    forge: {
      ended: systemOnly,
      watcher: systemOnly,
      oneself: systemOnly,
      signature: { rows: {}, denied: all(['systemAdmin'], inside), otherwise: 'none', system: 'rows' },
    },
  },
  'access.cell_change': {
    because: 'how cells came to be is known in the territory; the platform writes it, once',
    select: reads(all(territories, inside)),
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    isAppendOnly: true,
  },
  'access.handover': handedOver('a handover is known to the territory and to whoever was part of it, wherever he works now'),
  'access.handover_party': handedOver('as the handover'),
  'access.handover_item': handedOver('as the handover'),
  'access.post_deputy': {
    because: 'who stands in for whom is known to the two, to their organization and to administrators; the platform writes it after asking',
    select: reads({ ...people, ...all(['systemAdmin', 'securityAdmin'], ['self', 'ownOrg', 'own', 'child']) }),
    insert: systemOnly,
    update: systemOnly,
    delete: nobody,
  },
  'access.session': { because: 'hashes of tokens', ...closedToRequests, delete: systemOnly },

  'messages.message': {
    because: 'to one post; a colleague reads only what was told to his own, and a receipt is given by the reader himself',
    select: reads(all(staff, ['self'])),
    insert: systemOnly,
    update: { ...reads(all(staff, ['self'])), system: 'denied' },
    delete: nobody,
  },

  'registry.address': {
    because: 'standard addresses of the area, for who works with the people there; the platform writes them',
    ...throughPerson(),
    levelColumns: caseLevels,
  },
  'registry.person': {
    because:
      'people of the area, for who works with them: no line, no property company, no administrator; the platform writes what follows from entries',
    ...throughPerson(),
    levelColumns: caseLevels,
  },
  'registry.person_entry': {
    because: 'sealed values and their history: the platform shows of them what may be shown',
    select: systemOnly,
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    isAppendOnly: true,
  },
  'registry.care_tag': { because: 'visible through the person', ...throughPerson() },
  'registry.contact': { because: 'visible through the person', ...throughPerson() },
  'registry.consent': { because: 'visible through the person', ...throughPerson() },
  'registry.person_view': {
    because: 'visible through the person; what was looked at stays on record',
    ...throughPerson(),
    update: nobody,
    isAppendOnly: true,
  },

  'cases.case_file': {
    because: 'the scope of the acting post; requests open, the platform writes what follows from entries',
    select: reads(caseScope),
    insert: writes({ ...all(territories, inside), public: 'every' }),
    update: systemOnly,
    delete: nobody,
    forge: { later: systemOnly },
    levelColumns: caseLevels,
  },
  'cases.case_entry': {
    because:
      'visible through the file; a request writes the opening only, in its own name. Which file it opens is settled by the primary key: every file has its opening in the same transaction',
    select: reads(caseScope),
    insert: writes(opening),
    update: nobody,
    delete: nobody,
    forge: { later: systemOnly, name: systemOnly },
    isAppendOnly: true,
  },
  'cases.case_party': {
    because: 'who works on a case, for the territory and for the organization itself',
    select: reads({ ...caseScope, cell: inside }),
    insert: systemOnly,
    update: systemOnly,
    delete: nobody,
  },
  'cases.case_clock': {
    because:
      'visible through the file; a request starts clocks of a first round, in the statement that writes the file, which no policy can look up',
    select: reads(caseScope),
    insert: writes(opening),
    update: systemOnly,
    delete: nobody,
    forge: { round: systemOnly },
  },
  'cases.case_notice': { because: 'what was told, once', select: systemOnly, insert: systemOnly, update: nobody, delete: nobody },
  'cases.case_rating': { because: 'ratings are published per unit by the platform, never read per case', ...closedToRequests },
  'cases.contact_view': {
    because: "who looked at a reporter's contact: seen by who sees the case, written in one's own name",
    select: reads(caseScope),
    insert: writes(caseScope),
    update: nobody,
    delete: nobody,
    forge: { name: systemOnly, organization: systemOnly },
  },
  'cases.receipt_print': {
    because: "papers that carry a reporter's code: seen by who sees the case, written in one's own name, never by a worker",
    select: reads(caseScope),
    insert: { ...writes(caseScope), system: 'denied' },
    update: nobody,
    delete: nobody,
    forge: { name: nobody, organization: nobody },
    isAppendOnly: true,
  },
  'cases.look_up_failure': { because: 'wrong tails per number', ...closedToRequests, delete: systemOnly },
  'cases.duty': {
    because: 'duty lists are published among the staff of their place, of those above it and of those below it',
    select: reads(all(staff, [...inside, 'parent'])),
    insert: systemOnly,
    update: systemOnly,
    delete: nobody,
  },
  'cases.duty_change': {
    because:
      'who may decide for a place sees what is proposed there; one proposes in his own name and place, the platform writes the decision',
    select: reads(all(territories, inside)),
    insert: writes(all(['township', 'county', 'prefecture', 'province'], inside)),
    update: systemOnly,
    delete: nobody,
    forge: { name: systemOnly, decided: systemOnly },
  },
  'cases.opening_refusal': {
    because: 'what the duty lists kept from being asked: for the place that was to be asked and for the organization that asked',
    select: reads({ ...caseScope, cell: inside }),
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    isAppendOnly: true,
  },

  'signals.device': {
    because: 'the ledger: a territory sees what hangs in its area, a company or department what it owns or keeps; the platform writes',
    ...readInScope(deviceScope),
    levelColumns: caseLevels,
  },
  'signals.device_credential': { because: 'hashes of secrets of devices', ...closedToRequests },
  'signals.device_state': { because: 'latest values, visible through the device', ...readInScope(deviceScope) },
  'signals.telemetry': {
    because: 'traces, visible through the device; they go with their partition',
    ...readInScope(deviceScope),
    update: nobody,
  },
  'signals.quarantine': {
    because: 'what could not be taken, visible through the device; it expires',
    ...readInScope(deviceScope),
    delete: systemOnly,
  },
  'signals.ingest_node': { because: 'processes that hold sessions', ...closedToRequests, delete: systemOnly },
  'signals.episode': {
    because: 'alarms of the area; people act through the platform',
    ...readInScope(territoryScope),
    levelColumns: caseLevels,
  },
  'signals.episode_entry': {
    because: 'the log of an alarm, visible through it',
    ...readInScope(territoryScope),
    update: nobody,
    isAppendOnly: true,
  },
  'signals.episode_detector': { because: 'which devices raised it, visible through the alarm', ...readInScope(territoryScope) },
  'signals.ladder_step': { because: 'who was told when, visible through the alarm', ...readInScope(territoryScope) },
  'cases.imported_case': {
    because:
      'which row of which other system a matter was; only the very transaction that takes it in says so, and only then can it be undone',
    select: systemOnly,
    insert: systemOnly,
    update: nobody,
    delete: nobody,
    forge: { lived: nobody },
  },
  'cases.topic': {
    because: 'the voice of residents, for the posts of its place and above and the organization that owns it',
    ...readInScope(topicScope),
  },
  'cases.topic_entry': { because: 'its record, visible through it', ...readInScope(topicScope), update: nobody, isAppendOnly: true },
  'cases.topic_item': { because: 'what was put into it, visible through it', ...readInScope(topicScope) },

  'exchange.export_job': {
    because:
      'an export holds what one post saw, so only that post of that person reads it; the security administrator of the area reads what was held; a worker writes what becomes of it',
    select: reads({ ...all(staff, ['self']), securityAdmin: ['self', 'ownOrg', 'own', 'child'] }),
    insert: { ...writes(all(staff)), system: 'denied' },
    update: systemOnly,
    delete: nobody,
    forge: { name: nobody, post: nobody, organization: nobody, place: nobody, state: nobody },
  },
  'exchange.saved_view': {
    because: 'a filter under a name is the own of a person, at whatever post',
    select: { ...reads({ ...all(staff, ['self']), postless: ['self'] }), system: 'denied' },
    insert: { ...writes(signedIn), system: 'denied' },
    update: nobody,
    delete: { ...reads({ ...all(staff, ['self']), postless: ['self'] }), system: 'denied' },
    forge: { name: nobody },
  },

  'exchange.import_batch': {
    because:
      'what was imported into an area is for everyone there who may import, what the operator imported for him alone; a worker writes what becomes of it',
    select: reads(all(['township'], ['self', 'ownOrg', ...inside])),
    insert: writes(all(['township'])),
    update: systemOnly,
    delete: nobody,
    forge: { name: systemOnly, post: systemOnly, organization: systemOnly, place: systemOnly, state: systemOnly },
  },
  'exchange.import_fault': {
    because: 'rows that were not taken, visible through their batch; they go when the file goes',
    select: reads(all(['township'], ['self', 'ownOrg', ...inside])),
    insert: systemOnly,
    update: nobody,
    delete: systemOnly,
  },

  'scene.scene_switch': {
    because:
      'which scenes are on is no secret among staff; who may switch does so in his area and his own name, and what was switched stays on record',
    select: reads(signedIn),
    insert: writes(all(['systemAdmin'], inside)),
    update: nobody,
    delete: nobody,
    forge: { maker: systemOnly },
    isAppendOnly: true,
  },
}

function handedOver(because: string): TableRule {
  const read = reads({ ...all(territories, [...inside, 'self']), ...all([...lines, ...administrators, 'postless'], ['self']) })
  return { because, select: read, insert: systemOnly, update: nobody, delete: nobody, isAppendOnly: true }
}

function readInScope(scope: Grant): Pick<TableRule, 'select' | 'insert' | 'update' | 'delete'> {
  return { select: reads(scope), insert: systemOnly, update: systemOnly, delete: nobody }
}

function placeOf(): Pick<TableRule, 'select' | 'insert' | 'update' | 'delete'> {
  return { select: reads(acting), insert: systemOnly, update: systemOnly, delete: nobody }
}
