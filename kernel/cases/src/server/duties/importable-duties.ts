import { namesOf } from '@linli/access/server'
import { dayOf, formatDay, newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { DutyDraft, DutyStanding } from '../../contract/duty.ts'
import type { CasesDeps, Place } from '../deps.ts'
import type { CaseImportField } from '../imports/import-fields.ts'
import { type Located, locate } from '../imports/locate-rows.ts'
import { todayOf } from './duty-rows.ts'

type Labels = (lang: 'zh' | 'en') => Readonly<Record<string, string>>
type Values = Readonly<Record<string, string | number | boolean | Date>>
interface Row {
  readonly line: number
  readonly values: Values
}
interface Scope {
  readonly batchId: string
  readonly mapping: { readonly options: Readonly<Record<string, string>> }
  readonly areaPath: string
}

/** A line as it will be proposed. */
export interface ProposedDuty {
  readonly draft: DutyDraft
  readonly areaPath: string
  readonly effectiveOn: string
}

interface Problem {
  code:
    | 'too_long'
    | 'area_unknown'
    | 'area_outside'
    | 'area_ambiguous'
    | 'org_unknown'
    | 'org_ambiguous'
    | 'org_elsewhere'
    | 'day_past'
    | 'duty_differs'
    | 'duty_waits'
  field: string
  column: null
  value: string | null
  more?: string
}
export type JudgedDuty =
  | { outcome: 'added'; record: ProposedDuty; shown: Record<string, string>; agrees: null }
  | { outcome: 'there'; agrees: null }
  | { outcome: 'changed' | 'refused'; problems: Problem[] }

const options = [
  {
    key: 'pastDay',
    zh: '生效日已经过了的',
    en: 'In force from a day gone by',
    usual: 'refuse',
    values: [
      { value: 'refuse', zh: '不导，列为错误', en: 'Refuse as a mistake' },
      { value: 'today', zh: '从今天起', en: 'From today on' },
    ],
  },
] as const

/**
 * Lines of a duty list from a file: each is proposed as if it had been typed, and a second person confirms it. A line that stands there
 * already is known by its clause, organization, category and place, and is never changed by a file. Fits the slot of `exchange` by its shape.
 */
export function importableDuties(deps: Pick<CasesDeps, 'catalogue' | 'findPlace'>, labels: Labels = () => ({})) {
  return {
    key: 'duties',
    zh: '职责清单的条款（提出新增，等另一人确认）',
    en: 'Lines of a duty list, proposed for somebody else to confirm',
    permission: 'cases.duties',
    keyFields: ['clauseNo', 'org', 'category', 'area'] as const,
    variants: () => [
      {
        key: 'duty',
        zh: '职责清单的条款（等另一人确认）',
        en: 'Lines of a duty list (to be confirmed)',
        fields: fieldsOf(deps, labels),
        options,
      },
    ],
    judge: (system: Ctx, scope: Scope, rows: readonly Row[]) => judge(system, deps, scope, rows),
    write: propose,
    remove: takeBack,
    remaining: listDecided,
  }
}

function fieldsOf({ catalogue }: Pick<CasesDeps, 'catalogue'>, labels: Labels): CaseImportField[] {
  const categories = new Map(
    catalogue.all().flatMap((type) => catalogue.categoriesOf(type.key).map(({ key, name }) => [key, name] as const)),
  )
  const english = labels('en')
  const category = [...categories].map(([value, zh]) => ({ value, zh, en: english[`category.${value}`] ?? zh }))
  return [
    { key: 'standing', zh: '清单', en: 'List', kind: 'choice', isRequired: true, options: standings, calledToo: ['清单类型', '类型'] },
    { key: 'clauseNo', zh: '条款号', en: 'Clause', kind: 'text', isRequired: true, max: 20, calledToo: ['序号', '编号'] },
    { key: 'clause', zh: '事项', en: 'Duty', kind: 'text', isRequired: true, max: 500, calledToo: ['事项名称', '职责', '内容'] },
    { key: 'category', zh: '类别', en: 'Category', kind: 'choice', isRequired: true, options: category, calledToo: ['事项类别', '分类'] },
    { key: 'org', zh: '单位', en: 'Organization', kind: 'text', isRequired: true, calledToo: ['责任单位', '牵头部门', '对应部门'] },
    { key: 'area', zh: '适用地区', en: 'Area', kind: 'area', isRequired: true, calledToo: ['地区', '区划代码'] },
    { key: 'document', zh: '依据文件', en: 'Document', kind: 'text', isRequired: true, max: 200, calledToo: ['依据', '文件'] },
    { key: 'words', zh: '常见说法', en: 'Words of residents', kind: 'text', max: 600, calledToo: ['居民常见说法', '关键词'] },
    { key: 'from', zh: '生效日', en: 'In force from', kind: 'instant', calledToo: ['从哪天起', '生效日期'] },
  ]
}

const standings: readonly { value: DutyStanding; zh: string; en: string }[] = [
  { value: 'basic', zh: '基本履职', en: 'Basic' },
  { value: 'cooperating', zh: '配合履职', en: 'Cooperating' },
  { value: 'withdrawn', zh: '上级收回', en: 'Withdrawn' },
]

async function judge(system: Ctx, deps: Pick<CasesDeps, 'findPlace'>, scope: Scope, rows: readonly Row[]): Promise<JudgedDuty[]> {
  const given = (field: string) => rows.map(({ values }) => String(values[field]))
  const places = await locate(system, deps, scope.areaPath, given('area'))
  const orgs = await system.rows(sql<Org>`
    SELECT org_id AS "orgId", name, area_path AS "areaPath" FROM access.organization WHERE name = ANY (${given('org')}::text[])`)
  const standing = await findStanding(system, given('clauseNo'))
  return rows.map(({ values }): JudgedDuty => {
    const drafted = draftOf(system, scope, values, places, orgs)
    if ('problems' in drafted) return { outcome: 'refused', problems: drafted.problems }
    const { draft } = drafted
    const before = standing.get(identityOf(draft))
    const about = { field: 'clauseNo', column: null, value: draft.clauseNo }
    if (before === 'waits') return { outcome: 'changed', problems: [{ code: 'duty_waits', ...about }] }
    if (before)
      return before === contentOf(draft)
        ? { outcome: 'there', agrees: null }
        : { outcome: 'changed', problems: [{ code: 'duty_differs', ...about }] }
    // The same line further down in this piece meets this one as it would meet one of an earlier piece.
    standing.set(identityOf(draft), 'waits')
    const shown = { ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)])), from: drafted.effectiveOn }
    return { outcome: 'added', record: drafted, shown, agrees: null }
  })
}

interface Org {
  orgId: string
  name: string
  areaPath: string
}

function draftOf(
  ctx: Ctx,
  { mapping }: Scope,
  values: Values,
  places: ReadonlyMap<string, Located>,
  orgs: readonly Org[],
): ProposedDuty | { problems: Problem[] } {
  const problems: Problem[] = []
  const refuse = (code: Problem['code'], field: string, more?: string): void => {
    problems.push({ code, field, column: null, value: String(values[field]), ...(more !== undefined && { more }) })
  }
  const where = places.get(String(values.area)) ?? { code: 'area_unknown' as const }
  if (!('place' in where)) refuse(where.code, 'area', 'more' in where ? where.more : undefined)
  const org = 'place' in where ? orgFor(where.place, values, orgs, refuse) : undefined
  const words = String(values.words ?? '')
    .split(/[\s、，,;；]+/)
    .filter(Boolean)
  if (words.length > 30 || words.some((word) => word.length > 20)) refuse('too_long', 'words', '20')
  const today = todayOf(ctx)
  const asked = values.from instanceof Date ? formatDay(dayOf(values.from.getTime())) : today
  const effectiveOn = asked < today && mapping.options.pastDay === 'today' ? today : asked
  if (effectiveOn < today) refuse('day_past', 'from')
  if (problems.length > 0 || !('place' in where) || !org) return { problems }
  const draft: DutyDraft = {
    category: String(values.category),
    orgId: org.orgId,
    areaId: where.place.areaId,
    standing: values.standing as DutyStanding,
    clauseNo: String(values.clauseNo),
    clause: String(values.clause),
    document: String(values.document),
    words,
  }
  return { draft, areaPath: where.place.areaPath, effectiveOn }
}

/** The organization of this name that has to do with the place. */
function orgFor(
  place: Place,
  { org: name }: Values,
  orgs: readonly Org[],
  refuse: (code: Problem['code'], field: string, more?: string) => void,
) {
  const called = orgs.filter((one) => one.name === name)
  const [first, ...others] = called.filter(({ areaPath }) => areaPath.startsWith(place.areaPath) || place.areaPath.startsWith(areaPath))
  if (!first) refuse(called.length > 0 ? 'org_elsewhere' : 'org_unknown', 'org')
  else if (others.length > 0) refuse('org_ambiguous', 'org', String(others.length + 1))
  else return first
  return undefined
}

type Identity = Pick<DutyDraft, 'clauseNo' | 'orgId' | 'category' | 'areaId'>
const identityOf = ({ clauseNo, orgId, category, areaId }: Identity): string => JSON.stringify([clauseNo, orgId, category, areaId])
const contentOf = ({ standing, clause, document, words }: DutyDraft): string => JSON.stringify([standing, clause, document, words])

/** Of lines with these clauses what they say, or that they wait. */
async function findStanding(system: Ctx, clauses: readonly string[]): Promise<Map<string, string>> {
  const rows = await system.rows(sql<DutyDraft & { waits: boolean }>`
    SELECT d.category, d.org_id AS "orgId", a.area_id AS "areaId", d.standing, d.clause_no AS "clauseNo", d.clause, d.document, d.words, false AS waits
    FROM cases.duty d JOIN access.area a USING (area_path) WHERE d.clause_no = ANY (${clauses}::text[]) AND d.valid_to IS NULL AND a.valid_to IS NULL
    UNION ALL
    SELECT w.category, w."orgId", w."areaId", w.standing, w."clauseNo", w.clause, w.document, '{}', true
    FROM cases.duty_change c, jsonb_to_record(c.draft) AS w(category text, "orgId" uuid, "areaId" uuid, standing text, "clauseNo" text, clause text, document text)
    WHERE c.state = 'proposed' AND c.change = 'add' AND w."clauseNo" = ANY (${clauses}::text[])`)
  return new Map(rows.map((row) => [identityOf(row), row.waits ? 'waits' : contentOf(row)]))
}

/** Each as one proposal in the name of whoever imports; who may confirm is told once for a piece of the file, not for every line. */
async function propose(system: Ctx, { batchId }: Scope, duties: readonly ProposedDuty[]): Promise<void> {
  const { accountId, orgId } = system.actor
  if (!accountId) throw new Error('lines of a duty list are proposed by a person: bring the file in on the page')
  const { accounts } = await namesOf(system, { accounts: [accountId], orgs: [] })
  const rows = duties.map((duty) => ({ ...duty, changeId: newId(system.now.getTime()) }))
  await system.run(sql`
    INSERT INTO cases.duty_change (change_id, change, area_path, draft, effective_on, reason, proposed_by, proposed_name, proposed_org_id, proposed_at, batch_id)
    SELECT r."changeId", 'add', r."areaPath", r.draft, r."effectiveOn", '按文件导入', ${accountId}, ${accounts.get(accountId) ?? ''}, ${orgId}, ${system.now}, ${batchId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("changeId" uuid, "areaPath" text, draft jsonb, "effectiveOn" date)`)
  for (const { changeId, areaPath, effectiveOn } of rows)
    system.audit({
      action: 'cases.propose_duty',
      subjectKind: 'dutyChange',
      subjectId: changeId,
      areaPath,
      detail: { change: 'add', dutyId: null, effectiveOn, batchId },
    })
  const [first] = rows
  if (first) system.emit('duty.proposed', { changeId: first.changeId, areaPath: first.areaPath })
}

/** Takes back what nobody has decided yet; answers the clauses. */
async function takeBack(system: Ctx, batchId: string, most: number): Promise<string[]> {
  const rows = await system.rows(sql<{ clause: string }>`
    UPDATE cases.duty_change SET state = 'takenBack', decided_by = proposed_by, decided_name = proposed_name, decided_at = ${system.now}
    WHERE change_id IN (SELECT change_id FROM cases.duty_change WHERE batch_id = ${batchId} AND state = 'proposed' ORDER BY change_id LIMIT ${most} FOR UPDATE)
    RETURNING draft ->> 'clauseNo' AS clause`)
  return rows.map(({ clause }) => clause)
}

/** Clauses of a batch that somebody has decided about: those stay as they were decided. */
async function listDecided(system: Ctx, batchId: string, most: number): Promise<string[]> {
  const rows = await system.rows(sql<{ clause: string }>`
    SELECT draft ->> 'clauseNo' AS clause FROM cases.duty_change WHERE batch_id = ${batchId} AND state IN ('confirmed', 'refused') ORDER BY change_id LIMIT ${most}`)
  return rows.map(({ clause }) => clause)
}
