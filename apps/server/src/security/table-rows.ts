import { type AreaKey, areas, type Facts, type Subject } from './world.ts'

/** One seeded row that every subject tries its hands on, and what a further row like it would be. */
export interface TableRow {
  facts: Facts
  /** Condition that finds this row alone. */
  key: string
  seed: string
  /** An INSERT in the subject's own name; absent where only other rows of the table are tried. */
  insert?: (subject: Subject) => string
  /** Statements that claim what is not theirs (another's name, a later entry), by name. */
  forge?: Record<string, (subject: Subject) => string>
}

export interface TableRows {
  rows: TableRow[]
  /** The assignment of UPDATE. */
  set: string | ((subject: Subject) => string)
  /** How many seeded rows nobody tries. */
  untried?: number
}

type Value = string | number | boolean | null | undefined | Date | Raw
interface Raw {
  readonly raw: string
}

/** SQL that is no value: a function call, an array. */
export const raw = (text: string): Raw => ({ raw: text })

export function literal(value: Value): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'object' && 'raw' in value) return value.raw
  if (value instanceof Date) return `'${value.toISOString()}'`
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

/** `INSERT INTO table (…) VALUES (…)`; identity columns are given as they stand. */
export function insertInto(table: string, values: Record<string, Value>): string {
  return `INSERT INTO ${table} (${Object.keys(values).join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${Object.values(values).map(literal).join(', ')})`
}

export const newUuid = raw('gen_random_uuid()')
export const now = raw('now()')
export const hash = raw("decode(repeat('07', 32), 'hex')")

export const areaKeys = Object.keys(areas) as AreaKey[]

/** The columns by which lists find a row at this place. */
export function levelColumns(key: AreaKey): Record<string, Value> {
  const { above, path } = areas[key]
  return { area_path: path, county_id: above.county, township_id: above.township, community_id: above.community, cell_id: above.cell }
}
