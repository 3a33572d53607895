import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { CaseType } from '../../define/case-type.ts'
import { runClock } from '../../define/clock/index.ts'
import type { CasesDeps, Place } from '../deps.ts'
import { titleOf } from '../open-case.ts'
import { importFields } from './import-fields.ts'
import { type CaseHistory, importHistories } from './import-histories.ts'
import { type Located, locate, placesByPoint } from './locate-rows.ts'
import { listRemaining, removeImported } from './remove-imported.ts'

type Value = string | number | boolean | Date
interface Row {
  readonly line: number
  readonly values: Readonly<Record<string, Value>>
}
interface Scope {
  readonly batchId: string
  readonly mapping: { readonly variant: string; readonly source: string; readonly options: Readonly<Record<string, string>> }
  readonly areaPath: string
}

/** A matter as it will be written. */
export interface ImportedCase {
  readonly key: string
  readonly hash: Buffer
  readonly history: CaseHistory
}

interface Problem {
  code:
    | 'missing'
    | 'place_wrong'
    | 'phone_wrong'
    | 'in_future'
    | 'too_early'
    | 'closed_before_opened'
    | 'due_before_opened'
    | 'changed'
    | 'taken'
    | 'area_unknown'
    | 'area_outside'
    | 'area_ambiguous'
  field: string | null
  column: null
  value: string | null
  more?: string
}

export type JudgedCase =
  | { outcome: 'added'; record: ImportedCase; shown: Record<string, string>; agrees: boolean | null }
  | { outcome: 'there'; agrees: null }
  | { outcome: 'changed' | 'refused'; problems: Problem[] }

const options = [
  {
    key: 'closedBeforeOpened',
    zh: '办结早于受理的',
    en: 'Closed before it was opened',
    usual: 'refuse',
    values: [
      { value: 'refuse', zh: '不导，列为错误', en: 'Refuse as a mistake' },
      { value: 'atOpening', zh: '按受理时间办结，原时间写在记录里', en: 'Close it when it was opened; the time it had is kept beside' },
    ],
  },
  {
    key: 'areaByPoint',
    zh: '没写区域的',
    en: 'Without an area',
    usual: 'no',
    values: [
      { value: 'no', zh: '不导，列为错误', en: 'Refuse as a mistake' },
      { value: 'yes', zh: '按经纬度落在谁的边界里', en: 'By the boundary that its point lies in' },
    ],
  },
] as const

/**
 * Matters that were taken in, and mostly ended, in another system: each becomes an opening and, where it ended, the step that says so, at the
 * times it has there and to the deadline it had. No step is made up in between. Fits the slot of `exchange` by its shape.
 */
export function importableCases(deps: CasesDeps, labels: (lang: 'zh' | 'en') => Readonly<Record<string, string>> = () => ({})) {
  const types = () => deps.catalogue.all().filter(({ endsElsewhere }) => endsElsewhere !== undefined)
  return {
    key: 'cases',
    zh: '事项（历史件）',
    en: 'Cases of another system',
    permission: 'cases.read',
    keyFields: ['key'] as const,
    variants: () =>
      types().map((type) => ({
        key: type.key,
        zh: type.name,
        en: labels('en')[`type.${type.key}`] ?? type.name,
        fields: importFields(deps.catalogue, type, labels('en')),
        options,
      })),
    judge: (system: Ctx, scope: Scope, rows: readonly Row[]) => judge(system, deps, scope, rows),
    async write(system: Ctx, { batchId, mapping }: Scope, records: readonly ImportedCase[]): Promise<void> {
      const type = deps.catalogue.get(mapping.variant)
      const histories = records.map(({ history }) => history)
      await importHistories(system, deps, type, histories, 'elsewhere')
      const rows = records.map(({ key, hash, history }) => ({
        caseId: history.caseId,
        key,
        hash: hash.toString('hex'),
        seq: history.entries.length,
      }))
      await system.run(sql`
        INSERT INTO cases.imported_case (case_id, batch_id, source, source_key, row_hash, seq)
        SELECT r."caseId", ${batchId}::uuid, ${mapping.source}, r.key, decode(r.hash, 'hex'), r.seq
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("caseId" uuid, key text, hash text, seq integer)`)
    },
    remove: removeImported,
    remaining: listRemaining,
  }
}

async function judge(system: Ctx, deps: CasesDeps, scope: Scope, rows: readonly Row[]): Promise<JudgedCase[]> {
  const type = deps.catalogue.get(scope.mapping.variant)
  const places = await locate(
    system,
    deps,
    scope.areaPath,
    rows.flatMap(({ values }) => (values.area === undefined ? [] : [String(values.area)])),
  )
  const byPoint = scope.mapping.options.areaByPoint === 'yes' ? await placesByPoint(system, scope.areaPath) : undefined
  const known = await findKnown(system, scope.mapping.source, rows)
  return rows.map((row): JudgedCase => {
    const key = String(row.values.key)
    const hash = deps.vault.keyedHash('case.import', canonical(row.values))
    const before = known.get(key)
    if (before) return judgeAgain(before, hash, key, scope)
    const judged = judgeNew(system.now, deps, type, scope, row, whereIs(row, places, byPoint), hash)
    // The same key further down in this piece meets this row as it would meet one of an earlier piece.
    if (judged.outcome === 'added') known.set(key, { row_hash: hash, number: '', area_path: scope.areaPath })
    return judged
  })
}

interface Known {
  row_hash: Buffer
  number: string
  area_path: string
}

async function findKnown(system: Ctx, source: string, rows: readonly Row[]): Promise<Map<string, Known>> {
  const keys = rows.map(({ values }) => String(values.key))
  const found = await system.rows(sql<Known & { source_key: string }>`
    SELECT i.source_key, i.row_hash, f.number, f.area_path FROM cases.imported_case i JOIN cases.case_file f USING (case_id)
    WHERE i.source = ${source} AND i.source_key = ANY (${keys}::text[])`)
  return new Map(found.map((row) => [row.source_key, row]))
}

function judgeAgain({ row_hash, number, area_path }: Known, hash: Buffer, key: string, { areaPath }: Scope): JudgedCase {
  const about = (code: 'taken' | 'changed', more?: string): Problem => ({
    code,
    field: 'key',
    column: null,
    value: key,
    ...(more && { more }),
  })
  if (!area_path.startsWith(areaPath)) return { outcome: 'refused', problems: [about('taken')] }
  return row_hash.equals(hash) ? { outcome: 'there', agrees: null } : { outcome: 'changed', problems: [about('changed', number)] }
}

/** The same text for the same content, whatever the order of the columns. What is only compared is no content. */
function canonical(values: Row['values']): string {
  return JSON.stringify(
    Object.entries(values)
      .filter(([key]) => key !== 'onTime')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function whereIs(
  { values }: Row,
  places: ReadonlyMap<string, Located>,
  byPoint: ((lon: number, lat: number) => Place | undefined) | undefined,
): Located | undefined {
  if (values.area !== undefined) return places.get(String(values.area))
  if (!byPoint || typeof values.lon !== 'number' || typeof values.lat !== 'number') return undefined
  const place = byPoint(values.lon, values.lat)
  return place ? { place } : { code: 'area_unknown' }
}

const earliest = Date.parse('1991-09-15T00:00:00+08:00')

function judgeNew(
  now: Date,
  deps: CasesDeps,
  type: CaseType,
  scope: Scope,
  { values }: Row,
  where: Located | undefined,
  hash: Buffer,
): JudgedCase {
  const problems: Problem[] = []
  const refuse = (code: Problem['code'], field: string, more?: string): void => {
    problems.push({ code, field, column: null, value: wordOf(values[field]), ...(more !== undefined && { more }) })
  }
  const openedAt = values.openedAt as Date
  const given = values.closedAt as Date | undefined
  const isClosed = values.status === undefined ? given !== undefined : values.status === 'closed'
  const dueAt = values.dueAt as Date | undefined
  if (openedAt > now) refuse('in_future', 'openedAt')
  if (openedAt.getTime() < earliest) refuse('too_early', 'openedAt')
  if (isClosed && !given) refuse('missing', 'closedAt')
  const closedAt = isClosed ? given : undefined
  if (closedAt && closedAt > now) refuse('in_future', 'closedAt')
  const isBackwards = closedAt !== undefined && closedAt < openedAt
  if (isBackwards && scope.mapping.options.closedBeforeOpened !== 'atOpening') refuse('closed_before_opened', 'closedAt')
  if (dueAt && dueAt < openedAt) refuse('due_before_opened', 'dueAt')
  const { lon, lat } = values
  const hasPoint = typeof lon === 'number' && typeof lat === 'number'
  if (hasPoint && (Math.abs(lon) > 180 || Math.abs(lat) > 90)) refuse('place_wrong', 'lon')
  if (values.phone !== undefined && !/^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/.test(String(values.phone))) refuse('phone_wrong', 'phone')
  if (!where) refuse('missing', 'area')
  else if (!('place' in where)) refuse(where.code, values.area === undefined ? 'lon' : 'area', 'more' in where ? where.more : undefined)
  if (problems.length > 0 || !where || !('place' in where)) return { outcome: 'refused', problems }

  const endedAt = isBackwards ? openedAt : closedAt
  const opening = openingOf(scope, values, dueAt, hasPoint ? { lon, lat } : null)
  const made = { accountId: null, orgId: null, postId: null }
  const history: CaseHistory = {
    caseId: newId(openedAt.getTime()),
    place: where.place,
    contact: { name: textOf(values.name), phone: textOf(values.phone) },
    entries: [
      { seq: 1, move: 'open', data: opening, at: openedAt, ...made },
      ...(endedAt
        ? [{ seq: 2, move: type.endsElsewhere!, data: endingOf(values, isBackwards ? closedAt : undefined), at: endedAt, ...made }]
        : []),
    ],
  }
  const agrees =
    endedAt && dueAt && typeof values.onTime === 'boolean'
      ? runClock({ kind: 'fixed', dueAt }, openedAt, [{ at: endedAt, move: 'close' }], deps.calendar()).onTime === values.onTime
      : null
  const shown = {
    ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, wordOf(value) ?? ''])),
    title: opening.title,
    channel: opening.channel,
  }
  return { outcome: 'added', record: { key: String(values.key), hash, history }, shown, agrees }
}

function openingOf({ mapping }: Scope, values: Row['values'], dueAt: Date | undefined, position: { lon: number; lat: number } | null) {
  const detail = String(values.detail)
  return {
    title: titleOf(textOf(values.title) ?? detail),
    detail,
    category: textOf(values.category) ?? null,
    appealType: textOf(values.appealType) ?? null,
    ...(values.level !== undefined && { level: String(values.level) }),
    channel: textOf(values.channel) ?? 'elsewhere',
    place: textOf(values.place) ?? null,
    position,
    attachments: [],
    origin: { system: mapping.source, key: String(values.key), dueAt: dueAt?.toISOString() ?? null },
  }
}

const endingOf = (values: Row['values'], closedAt: Date | undefined) => ({
  ...(values.result !== undefined && { elsewhereResult: String(values.result) }),
  ...(closedAt && { elsewhereClosedAt: closedAt.toISOString() }),
})

const textOf = (value: Value | undefined): string | undefined => (value === undefined ? undefined : String(value))
const wordOf = (value: Value | undefined): string | null =>
  value === undefined ? null : value instanceof Date ? value.toISOString() : String(value)
