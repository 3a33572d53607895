import type pg from 'pg'
import { type AreaKey, areas, orgs } from './world.ts'

/** How many cases lie where: the grid worker's cell alone has 200,000, and every level above has more than the level below it. */
const spread: [AreaKey, number][] = [
  ['cell', 200_000],
  ['siblingCell', 20_000],
  ['cousinCell', 20_000],
  ['farCell', 40_000],
  ['otherCell', 40_000],
]

/** A long transaction would hold back the outbox of every test on this server. */
const batch = 20_000

/**
 * 320,000 cases of a year and a half with their parties, past all policies: a tenth is open, a seventh of that in each stage, and the
 * housing bureau works on five of eight. Deterministic; deadlines stand around `now`, so that some are overdue.
 */
export async function seedManyCases(client: pg.ClientBase, now: Date): Promise<void> {
  const indexes = await takeIndexes(client)
  await client.query("SET session_replication_role = 'replica'")
  let from = 0
  for (const [key, count] of spread) {
    for (let done = 0; done < count; done += batch) await insertCases(client, now, key, from + done)
    from += count
  }
  await client.query("SET session_replication_role = 'origin'")
  for (const { definition } of indexes) await client.query(definition)
  await client.query('ANALYZE')
}

/** Every open stage of an appeal, in turn. */
const stages = `(VALUES ('handling', 'handle', 'main'), ('handling', 'handle', 'main'), ('dispatched', 'handle', 'main'), ('submitted', 'accept', 'desk'),
  ('accepted', 'dispatch', 'desk'), ('replied', 'followUp', 'desk'), ('rectifying', 'rectify', 'main'))`

async function insertCases(client: pg.ClientBase, now: Date, key: AreaKey, from: number): Promise<void> {
  const { areaId, path, above } = areas[key]
  const places = [areaId, path, above.county, above.township, above.community, above.cell]
  await client.query(
    `WITH stage AS (SELECT row_number() OVER () AS no, * FROM ${stages} AS s (stage, queue, holder)), one AS (
       SELECT n, n * 31 % 1000 < 100 AS is_open, $9::timestamptz + (n * 7919 % 2000 - 300) * interval '1 hour' AS due,
         CASE WHEN n % 8 < 5 THEN $10::uuid ELSE $11::uuid END AS org_id
       FROM generate_series($1::bigint, $2::bigint) AS n
     ), file AS (
       INSERT INTO cases.case_file (case_id, number, kind, case_type, title, category, appeal_type, channel, area_id, area_path, county_id, township_id,
         community_id, cell_id, stage, queue, status, holder, main_org_id, extension, seq, opened_at, closed_at, clock_key, clock_started_at, due_at, amber_at,
         paused_until, tail_hash, code_hash)
       SELECT md5('case' || n)::uuid, 'n' || n, 'appeal', 'appeals.appeal', CASE WHEN n % 2001 = 7 THEN '井盖松了' ELSE '路灯不亮' END, (ARRAY['market', 'housing', 'roads', 'noise'])[n % 4 + 1], 'help', 'app',
         $3, $4, $5, $6, $7, $8, CASE WHEN is_open THEN stage ELSE 'closed' END, CASE WHEN is_open THEN queue END, CASE WHEN is_open THEN 'open' ELSE 'closed' END,
         CASE WHEN is_open THEN holder ELSE 'none' END, org_id, CASE WHEN n % 20 = 0 THEN 'asked' ELSE 'none' END, 3,
         $9::timestamptz - (n * 37 % 13000) * interval '1 hour', CASE WHEN NOT is_open THEN $9::timestamptz END, CASE WHEN is_open THEN 'department' END,
         CASE WHEN is_open THEN $9::timestamptz - interval '3 days' END, CASE WHEN is_open THEN due END, CASE WHEN is_open THEN due - interval '20 hours' END,
         CASE WHEN is_open AND n % 10 = 3 THEN due - interval '1 hour' END, '\\x07', decode(md5('code' || n), 'hex')
       FROM one JOIN stage ON stage.no = n % 7 + 1
       RETURNING case_id, title, stage, opened_at, main_org_id, area_path, kind, status, due_at
     ), entry AS (
       INSERT INTO cases.case_entry (case_id, seq, move, stage, data, made_at)
       SELECT case_id, 1, 'open', 'submitted', jsonb_build_object('title', title), opened_at FROM file
     )
     INSERT INTO cases.case_party (case_id, org_id, role, area_path, kind, status, stage, opened_at, due_at)
     SELECT case_id, main_org_id, 'main', area_path, kind, status, stage, opened_at, due_at FROM file`,
    [from, from + batch - 1, ...places, now, orgs.housing.orgId, orgs.urbanManagement.orgId],
  )
}

/** Rows come in three times as fast when the indexes are built afterwards. */
async function takeIndexes(client: pg.ClientBase): Promise<{ definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
    WHERE i.indrelid IN ('cases.case_file'::regclass, 'cases.case_party'::regclass, 'cases.case_entry'::regclass) AND NOT i.indisunique`)
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  return rows
}
