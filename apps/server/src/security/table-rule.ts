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

export const inside: readonly Scope[] = ['own', 'child']
export const territories = ['cell', 'community', 'township', 'county', 'prefecture', 'province'] as const
const lines = ['department', 'property'] as const
export const administrators = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const
export const staff: readonly StaffKey[] = [...territories, ...lines, ...administrators]

export const all = (whos: readonly Who[], scopes: readonly Scope[] | 'every' = 'every'): Grant =>
  Object.fromEntries(whos.map((who) => [who, scopes]))

export const reads = (rows: Grant): Rule => ({ rows, otherwise: 'none', system: 'rows' })
export const writes = (rows: Grant): Rule => ({ rows, otherwise: 'denied', system: 'rows' })
/** Refused to every request, also where the row is in reach; the workers may. */
export const systemOnly: Rule = { rows: {}, otherwise: 'denied', system: 'rows' }
export const nobody: Rule = { rows: {}, otherwise: 'denied', system: 'denied' }

export const closedToRequests = { select: systemOnly, insert: systemOnly, update: systemOnly, delete: nobody }

export const signedIn = all([...staff, 'postless'])
export const acting = all([...staff, 'postless', 'public'])
export const opening = all([...territories, 'public'])

/** 块: territory posts see their areas; 条: an organization sees what it is a party of, but a committee's grid workers only their cells and what they were handed. */
export const caseScope: Grant = {
  ...all(territories, [...inside, 'ownOrg']),
  cell: [...inside, 'self'],
  ...all(lines, ['ownOrg']),
}

export const territoryScope: Grant = all(territories, inside)
/** 条: what its organization owns or keeps in order, and alarms to which it is called for that. */
export const deviceScope: Grant = { ...territoryScope, ...all(lines, ['ownOrg']) }

/** Its organization sees a topic that it owns; a grid worker only those of the own place. */
export const topicScope: Grant = { ...caseScope, cell: inside }

/** Accounts and posts: one's own, one's colleagues', and an administrator's area. */
export const people: Grant = { ...all(staff, ['self', 'ownOrg']), postless: ['self'] }

/** People and dwellings: territory posts whose work is with them. */
const registryScope: Grant = all(['cell', 'community'], inside)
export const throughPerson = (): Omit<TableRule, 'because'> => ({
  select: reads(registryScope),
  insert: systemOnly,
  update: systemOnly,
  delete: nobody,
})

export const caseLevels = ['cell_id', 'community_id', 'county_id', 'township_id']

export function handedOver(because: string): TableRule {
  const read = reads({ ...all(territories, [...inside, 'self']), ...all([...lines, ...administrators, 'postless'], ['self']) })
  return { because, select: read, insert: systemOnly, update: nobody, delete: nobody, isAppendOnly: true }
}

export function readInScope(scope: Grant): Pick<TableRule, 'select' | 'insert' | 'update' | 'delete'> {
  return { select: reads(scope), insert: systemOnly, update: systemOnly, delete: nobody }
}

export function placeOf(): Pick<TableRule, 'select' | 'insert' | 'update' | 'delete'> {
  return { select: reads(acting), insert: systemOnly, update: systemOnly, delete: nobody }
}
