import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { type DivisionLevel, divisionLevels } from '../define/division-codes.ts'

/** One division of a list, with the code of the one it lies in. */
export interface ListedDivision {
  code: string
  name: string
  kind: string
  /** Null for a province. */
  parent: string | null
}

export interface ImportedAreas {
  added: number
  /** Had a place already, under this code or a later one of theirs; nothing was changed. */
  there: number
  /** Of those, how many go by another name. */
  renamed: number
  /** Places in `rows` that were left out: nothing in force bears the code above, or this list had the code before. */
  refused: { place: number; reason: 'parent_unknown' | 'code_twice' }[]
}

interface NotAdded {
  place: number
  reason: 'there' | 'parent_unknown' | 'code_twice'
  isRenamed: boolean
}

/** Where the short ids of areas stand now: an area above this was set up later. As system. */
export async function lastShortId(ctx: Ctx): Promise<number> {
  const { last } = await ctx.get(sql<{ last: number }>`SELECT coalesce(max(short_id), 0) AS last FROM access.area`)
  return last
}

/**
 * Adds the divisions of one level that are not there yet, in one statement; their parents must be there before. Adding them again adds
 * nothing and changes nothing. Paths and level columns are worked out here, set by set, and a trigger compares them with the parent's.
 * `since` is the last short id before the list was begun: an area above it stood in the list before. As system.
 */
export async function importAreas(
  ctx: Ctx,
  level: DivisionLevel,
  rows: readonly ListedDivision[],
  { since, validFrom }: { since: number; validFrom: string },
): Promise<ImportedAreas> {
  const above = divisionLevels.slice(
    0,
    divisionLevels.findIndex((other) => other.level === level),
  )
  // The table grows by a thousand times while a list is read, and plans are kept: always by the index, whatever it seems to hold at first.
  await ctx.run(sql`SELECT set_config('enable_seqscan', 'off', true)`)
  const notAdded = await ctx.rows(sql<NotAdded>`
    WITH given AS MATERIALIZED (
      SELECT * FROM unnest(${rows.map(() => newId())}::uuid[], ${rows.map(({ code }) => code)}::text[], ${rows.map(({ name }) => name)}::text[],
        ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ parent }) => parent)}::text[]) WITH ORDINALITY AS g (area_id, code, name, kind, parent, n)
    ), placed AS MATERIALIZED (
      SELECT g.*, known.short_id AS known_id, known.name <> g.name AS is_renamed,
        above.area_id AS parent_id, above.area_path, above.county_id, above.township_id, above.community_id,
        CASE WHEN known.short_id IS NULL AND (g.parent IS NULL OR above.area_id IS NOT NULL) THEN nextval('access.area_short_id_seq') END AS short_id
      FROM given g
      LEFT JOIN LATERAL (SELECT area_id FROM access.area_code WHERE code = g.code ORDER BY valid_from DESC LIMIT 1) bearer ON true
      LEFT JOIN access.area known ON known.area_id = bearer.area_id
      LEFT JOIN LATERAL (SELECT area_id FROM access.area_code WHERE code = g.parent ORDER BY valid_from DESC LIMIT 1) holder ON true
      LEFT JOIN access.area above
        ON above.area_id = holder.area_id AND above.valid_to IS NULL AND above.level = ANY (${above.map((other) => other.level)}::text[])
    ), made AS (
      INSERT INTO access.area (area_id, short_id, parent_id, level, kind, code, name, area_path, county_id, township_id, community_id, valid_from)
      OVERRIDING SYSTEM VALUE
      SELECT area_id, short_id, parent_id, ${level}::text, kind, code, name, coalesce(area_path, '/') || short_id || '/',
        CASE ${level}::text WHEN 'county' THEN area_id ELSE county_id END, CASE ${level}::text WHEN 'township' THEN area_id ELSE township_id END,
        CASE ${level}::text WHEN 'community' THEN area_id ELSE community_id END, ${validFrom}::date
      FROM placed WHERE short_id IS NOT NULL ORDER BY n
      ON CONFLICT DO NOTHING RETURNING area_id
    )
    SELECT n - 1 AS place, coalesce(is_renamed, false) AS "isRenamed",
      CASE WHEN known_id <= ${since} THEN 'there' WHEN known_id IS NULL AND short_id IS NULL THEN 'parent_unknown' ELSE 'code_twice' END AS reason
    FROM placed WHERE area_id NOT IN (SELECT area_id FROM made)`)
  const there = notAdded.filter(({ reason }) => reason === 'there')
  return {
    added: rows.length - notAdded.length,
    there: there.length,
    renamed: there.filter(({ isRenamed }) => isRenamed).length,
    refused: notAdded.flatMap(({ place, reason }) => (reason === 'there' ? [] : [{ place, reason }])),
  }
}
