import { createHash } from 'node:crypto'
import { baseRoles } from '@linli/access/define'
import { type Actor, publicActor, type Reach, systemActor } from '@linli/base/server'

/** A province with two counties, as small as every kind of neighbor allows. */
const areaPlan = {
  province: { parent: null, level: 'province' },
  prefecture: { parent: 'province', level: 'prefecture' },
  county: { parent: 'prefecture', level: 'county' },
  township: { parent: 'county', level: 'township' },
  siblingTownship: { parent: 'county', level: 'township' },
  community: { parent: 'township', level: 'community' },
  siblingCommunity: { parent: 'township', level: 'community' },
  farCommunity: { parent: 'siblingTownship', level: 'community' },
  cell: { parent: 'community', level: 'cell' },
  siblingCell: { parent: 'community', level: 'cell' },
  microCell: { parent: 'cell', level: 'cell', kind: 'micro_cell' },
  cousinCell: { parent: 'siblingCommunity', level: 'cell' },
  farCell: { parent: 'farCommunity', level: 'cell' },
  otherCounty: { parent: 'prefecture', level: 'county' },
  otherTownship: { parent: 'otherCounty', level: 'township' },
  otherCommunity: { parent: 'otherTownship', level: 'community' },
  otherCell: { parent: 'otherCommunity', level: 'cell' },
} as const satisfies Record<string, { parent: string | null; level: string; kind?: string }>

export type AreaKey = keyof typeof areaPlan
type Level = (typeof areaPlan)[AreaKey]['level']

export interface WorldArea {
  key: AreaKey
  areaId: string
  shortId: number
  parent: AreaKey | null
  level: Level
  kind: string
  path: string
  /** Level → the area of that level that this one lies in. */
  above: Partial<Record<Level, string>>
}

/** The same id for the same thing in every run, so that a failing cell can be looked up. */
export function idOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const areas = layOut()

function layOut(): Record<AreaKey, WorldArea> {
  const laid = {} as Record<AreaKey, WorldArea>
  let shortId = 0
  for (const [key, plan] of Object.entries(areaPlan) as [AreaKey, { parent: AreaKey | null; level: Level; kind?: string }][]) {
    const parent = plan.parent ? laid[plan.parent] : undefined
    shortId++
    const areaId = idOf('area', key)
    const own = plan.kind === 'micro_cell' ? {} : { [plan.level]: areaId }
    laid[key] = {
      key,
      areaId,
      shortId,
      parent: plan.parent,
      level: plan.level,
      kind: plan.kind ?? plan.level,
      path: `${parent?.path ?? '/'}${shortId}/`,
      above: { ...parent?.above, ...own },
    }
  }
  return laid
}

const orgPlan = {
  provinceOffice: { kind: 'department', area: 'province' },
  prefectureOffice: { kind: 'department', area: 'prefecture' },
  government: { kind: 'countyGovernment', area: 'county' },
  dataBureau: { kind: 'dataBureau', area: 'county' },
  securityOffice: { kind: 'dataBureau', area: 'county' },
  auditOffice: { kind: 'countyGovernment', area: 'county' },
  housing: { kind: 'department', area: 'county' },
  urbanManagement: { kind: 'department', area: 'county' },
  townshipOffice: { kind: 'subdistrictOffice', area: 'township' },
  committee: { kind: 'residentsCommittee', area: 'community' },
  propertyCompany: { kind: 'propertyCompany', area: 'siblingCommunity' },
} as const satisfies Record<string, { kind: string; area: AreaKey }>

export type OrgKey = keyof typeof orgPlan

export const orgs = Object.fromEntries(Object.entries(orgPlan).map(([key, plan]) => [key, { ...plan, orgId: idOf('org', key) }])) as Record<
  OrgKey,
  { kind: string; area: AreaKey; orgId: string }
>

interface StaffPlan {
  role: string
  org: OrgKey
  area: AreaKey
  /** Reaches that the engine knows and no base role has yet. */
  reach?: Reach
}

/** Whoever may stand behind a transaction of a request. */
const staffPlan = {
  cell: { role: 'gridWorker', org: 'committee', area: 'cell' },
  community: { role: 'communityWorker', org: 'committee', area: 'community' },
  township: { role: 'dispatcher', org: 'townshipOffice', area: 'township' },
  county: { role: 'countyLead', org: 'government', area: 'county' },
  prefecture: { role: 'countyLead', org: 'prefectureOffice', area: 'prefecture', reach: 'prefecture' },
  province: { role: 'countyLead', org: 'provinceOffice', area: 'province', reach: 'province' },
  department: { role: 'departmentClerk', org: 'housing', area: 'county' },
  property: { role: 'propertyClerk', org: 'propertyCompany', area: 'siblingCommunity' },
  systemAdmin: { role: 'systemAdmin', org: 'dataBureau', area: 'county' },
  securityAdmin: { role: 'securityAdmin', org: 'securityOffice', area: 'county' },
  auditAdmin: { role: 'auditAdmin', org: 'auditOffice', area: 'county' },
} as const satisfies Record<string, StaffPlan>

export type StaffKey = keyof typeof staffPlan
export const staff = Object.entries(staffPlan) as [StaffKey, StaffPlan][]

/** `unset` has no settings at all, `postless` is signed in without a post, `login` is the serving role that has become nobody, `owner` is who migrates. */
export type Who = StaffKey | 'public' | 'postless' | 'unset' | 'system' | 'login' | 'owner'

export interface Subject {
  who: Who
  /** Database session, and the role it becomes; null stays what it is. */
  session: 'linli' | 'linli_owner'
  role: 'linli_app' | 'linli_system' | null
  actor: Actor | undefined
  area: WorldArea | undefined
  orgId: string | null
  accountId: string | null
}

export const subjects: Record<Who, Subject> = Object.fromEntries(
  [
    ...staff.map(([key, plan]) => subjectOf(key, staffActor(key, plan), areas[plan.area])),
    subjectOf('public', publicActor, undefined),
    subjectOf(
      'postless',
      { ...publicActor, sender: idOf('account', 'postless'), accountId: idOf('account', 'postless'), reach: 'none' },
      undefined,
    ),
    subjectOf('unset', undefined, undefined),
    { ...subjectOf('system', systemActor, undefined), role: 'linli_system' as const },
    { ...subjectOf('login', undefined, undefined), role: null },
    { ...subjectOf('owner', undefined, undefined), session: 'linli_owner' as const, role: null },
  ].map((subject) => [subject.who, subject]),
) as Record<Who, Subject>

function subjectOf(who: Who, actor: Actor | undefined, area: WorldArea | undefined): Subject {
  return { who, session: 'linli', role: 'linli_app', actor, area, orgId: actor?.orgId ?? null, accountId: actor?.accountId ?? null }
}

function staffActor(key: StaffKey, { role: roleKey, org, area, reach }: StaffPlan): Actor {
  const role = baseRoles.find((one) => one.key === roleKey)
  if (!role) throw new Error(`no role ${roleKey}`)
  return {
    sender: idOf('account', key),
    databaseRole: 'linli_app',
    reach: reach ?? role.reach,
    accountId: idOf('account', key),
    postId: idOf('post', key),
    orgId: orgs[org].orgId,
    areaId: areas[area].areaId,
    areaPath: areas[area].path,
    permissions: new Set(role.permissions),
    displayName: '王小燕',
  }
}

/** Where a row stands, seen from somebody. The most personal answer wins. */
export type Scope = 'self' | 'watcher' | 'ownOrg' | 'own' | 'child' | 'parent' | 'sibling' | 'elsewhere' | 'otherCounty' | 'nowhere'

/** What a row belongs to, as far as it belongs to anything. */
export interface Facts {
  area?: AreaKey
  orgIds?: readonly string[]
  /** Whose own row it is: an account, `public` or `system`. */
  sender?: string
  /** The post of an administrator who watches over the others. */
  isWatcher?: boolean
}

export function scopeOf(subject: Subject, { area: key, orgIds, sender, isWatcher }: Facts): Scope {
  if (sender && sender === subject.actor?.sender) return 'self'
  if (isWatcher) return 'watcher'
  if (subject.orgId && orgIds?.includes(subject.orgId)) return 'ownOrg'
  const home = subject.area
  const area = key && areas[key]
  if (!home || !area) return 'nowhere'
  if (area.key === home.key) return 'own'
  if (area.path.startsWith(home.path)) return 'child'
  if (home.path.startsWith(area.path)) return 'parent'
  if (area.parent === home.parent) return 'sibling'
  const county = (one: WorldArea) => one.above.county
  return county(home) && county(area) && county(home) !== county(area) ? 'otherCounty' : 'elsewhere'
}
