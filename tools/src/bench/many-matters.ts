import pg from 'pg'
import { takeIndexes } from './take-indexes.ts'

/** Whose lists are looked at; the spread of the cases is around where they sit. */
export interface Around {
  /** Code of the grid cell that has a tenth of all cases. */
  cellCode: string
  /** The account of the line post whose organization works on half of them. */
  clerk: string
}

interface PlaceRow {
  area_id: string
  area_path: string
  county_id: string
  township_id: string
  community_id: string
  cell_id: string | null
  code: string
}

/** A long transaction would hold back the outbox of the platform that serves meanwhile. */
const batch = 50_000
/** Of every thousand cases: in the cell, in the rest of its community, of its township, of the county. */
const shares = { cell: 100, community: 50, township: 150, county: 700 }

/**
 * So many cases of one year in the demo town, past the log (lists and figures read the projections only) but with every column of a list and of the figures:
 * six of ten appeals, the rest grid events; what came in the last ten weeks is half open, in every stage, with deadlines around now.
 * The first n of them are the same whatever the size.
 */
export async function fillMatters(urls: { servingUrl: string; ownerUrl: string }, around: Around, count: number): Promise<void> {
  const owner = new pg.Client({ connectionString: urls.ownerUrl })
  const system = new pg.Client({ connectionString: urls.servingUrl, options: '-c timezone=UTC' })
  await Promise.all([owner.connect(), system.connect()])
  try {
    await system.query('SET ROLE linli_system')
    const seats = await seatMatters(system, around)
    const indexes = await takeIndexes(owner, ['cases.case_file', 'cases.case_party'])
    for (let from = 0; from < count; from += batch) await insertMatters(system, seats, from, Math.min(count, from + batch))
    for (const definition of indexes) await owner.query(definition)
    await owner.query('VACUUM ANALYZE cases.case_file, cases.case_party')
  } finally {
    await Promise.all([owner.end(), system.end()])
  }
}

interface Seats {
  /** A thousand, so that the place of a case is a look-up. */
  places: readonly (PlaceRow & { seat: number })[]
  /** Sixteen, the clerk's own in every other one. */
  orgs: readonly { seat: number; org_id: string }[]
}

async function seatMatters(system: pg.Client, { cellCode, clerk }: Around): Promise<Seats> {
  const { rows: places } = await system.query<PlaceRow>(
    `SELECT a.area_id, a.area_path, a.county_id, a.township_id, a.community_id, a.cell_id, a.code FROM access.area a
     WHERE a.valid_to IS NULL AND a.kind <> 'micro_cell' AND a.level IN ('cell', 'community')
       AND a.county_id = (SELECT county_id FROM access.area WHERE code = $1 AND valid_to IS NULL) ORDER BY a.code`,
    [cellCode],
  )
  const own = places.find(({ code }) => code === cellCode)
  if (!own) throw new Error(`no cell ${cellCode}`)
  const inCommunity = places.filter(({ community_id, cell_id }) => community_id === own.community_id && cell_id && cell_id !== own.cell_id)
  const inTownship = places.filter(({ township_id, community_id }) => township_id === own.township_id && community_id !== own.community_id)
  const inCounty = places.filter(({ township_id }) => township_id !== own.township_id)
  const spread = (of: readonly PlaceRow[], seats: number): PlaceRow[] => Array.from({ length: seats }, (_, i) => of[i % of.length]!)
  const { rows: orgs } = await system.query<{ org_id: string }>(
    `SELECT o.org_id FROM access.organization o
     ORDER BY (o.org_id IN (SELECT p.org_id FROM access.post p JOIN access.account a USING (account_id) WHERE a.login = $1)) DESC, o.org_id LIMIT 9`,
    [clerk],
  )
  return {
    places: [
      ...spread([own], shares.cell),
      ...spread(inCommunity, shares.community),
      ...spread(inTownship, shares.township),
      ...spread(inCounty, shares.county),
    ].map((place, seat) => ({ seat, ...place })),
    orgs: Array.from({ length: 16 }, (_, seat) => ({ seat, org_id: orgs[seat % 2 === 0 ? 0 : (seat + 1) / 2]!.org_id })),
  }
}

/** Every stage in turn, by kind: an open one has a clock, an ended one none. */
const stages = `(VALUES
  ('appeal', true, 0, 'handling', 'handle', 'main', 'department'), ('appeal', true, 1, 'dispatched', 'handle', 'main', 'department'),
  ('appeal', true, 2, 'submitted', 'accept', 'desk', 'accept'), ('appeal', true, 3, 'accepted', 'dispatch', 'desk', 'dispatch'),
  ('appeal', true, 4, 'replied', 'followUp', 'desk', 'followUp'), ('appeal', true, 5, 'handling', 'handle', 'main', 'department'),
  ('event', true, 0, 'inHand', 'handle', 'main', 'disposal'), ('event', true, 1, 'dispatched', 'handle', 'main', 'claim'),
  ('event', true, 2, 'reported', 'accept', 'desk', 'register'), ('event', true, 3, 'listed', 'dispatch', 'desk', 'dispatch'),
  ('event', true, 4, 'done', 'check', 'desk', 'check'), ('event', true, 5, 'checked', 'close', 'desk', 'conclude'),
  ('appeal', false, 0, 'closed', NULL, 'none', NULL), ('event', false, 0, 'concluded', NULL, 'none', NULL)
) AS stage (kind, is_open, no, stage, queue, holder, clock)`

/** What happened to them, as the statistics write it: twelve lives a kind for the ended ones, one for each stage of the open ones. */
const figures = `CASE
  WHEN a.is_open AND a.kind = 'appeal' THEN (ARRAY['rk s v pr', 's v rr pr', 'v', 'v pr', 'pk rk s v', 'rk s2 v pr'])[a.lot % 6 + 1]
  WHEN a.is_open THEN (ARRAY['lr s v dr', 'lr s v dr', 'lw v', 'lr v', 'dk lr s v hr', 'dk hk kp lr s v'])[a.lot % 6 + 1]
  WHEN a.kind = 'appeal' THEN (ARRAY['cr os pk rk s v', 'cr os pk rk s v', 'cr os pk rk s v', 'cr on pk rk s v', 'cr on pl rk s v', 'cr od pk rl s v',
    'cr cu od os pk rk s v', 'cr cu od on pl rl s v', 'cr j os pk rk s2 v', 'cr os pk2 rk2 s2 v', 'v x:appeals.appeal/refused', 'v x:appeals.appeal/withdrawn'])[a.lot % 12 + 1]
  ELSE (ARRAY['dk hk kp lr s v', 'dk hk kp lr s v', 'dk hk kp lr s v', 'dl hk kp lr s v', 'dk hl kp lr s v', 'dk hk2 kf kp lr s v', 'dl hk hl kf kp lr s v',
    'dk dp hk j kp lr s2 v', 'ds hk kp lr v', 'ds lr v', 'ld v x:grid-events.event/notAnEvent', 'lt v x:grid-events.event/withdrawn'])[a.lot % 12 + 1]
END`

async function insertMatters(system: pg.Client, { places, orgs }: Seats, from: number, to: number): Promise<void> {
  await system.query(
    `WITH one AS (
       SELECT n, CASE WHEN n % 10 < 6 THEN 'appeal' ELSE 'event' END AS kind, date_trunc('second', now()) - (hashint8(n) & 2147483647) % 8784 * interval '1 hour' - (n % 3600) * interval '1 second' AS opened_at,
         (hashint8(n + 1) & 1023) AS dice, (hashint8(n + 2) & 1023) AS lot
       FROM generate_series($1::bigint, $2::bigint - 1) AS n
     ), aged AS (
       SELECT *, opened_at > now() - interval '70 days' AND dice % 2 = 0 AS is_open, now() + (lot - 300) * interval '1 hour' AS due FROM one
     ), file AS (
       INSERT INTO cases.case_file (case_id, number, kind, case_type, title, category, appeal_type, level, channel, area_id, area_path, county_id, township_id,
         community_id, cell_id, stage, queue, status, holder, main_org_id, extension, seq, opened_at, closed_at, clock_key, clock_started_at, due_at, amber_at,
         paused_until, figures, running_due, known_in, seen_in, handled_in, tail_hash, code_hash)
       SELECT md5('matter' || n)::uuid, 'b' || n, a.kind, CASE a.kind WHEN 'appeal' THEN 'appeals.appeal' ELSE 'grid-events.event' END,
         (ARRAY['路灯不亮', '井盖松动', '楼道堆物', '夜里施工', '积水过不去'])[n % 5 + 1], NULL, CASE a.kind WHEN 'appeal' THEN 'help' END,
         CASE a.kind WHEN 'event' THEN 'ordinary' END, 'grid', s.area_id, s.area_path, s.county_id, s.township_id, s.community_id, s.cell_id, stage.stage, stage.queue,
         CASE WHEN a.is_open THEN 'open' ELSE 'closed' END, stage.holder, CASE WHEN stage.holder <> 'desk' OR stage.stage NOT IN ('submitted', 'accepted', 'reported', 'listed') THEN o.org_id END,
         CASE WHEN a.lot % 20 = 0 THEN 'asked' ELSE 'none' END, 3, a.opened_at, CASE WHEN NOT a.is_open THEN least(now(), a.opened_at + (a.lot % 240) * interval '1 hour') END,
         stage.clock, CASE WHEN a.is_open THEN a.opened_at END, CASE WHEN a.is_open THEN a.due END, CASE WHEN a.is_open THEN a.due - interval '20 hours' END,
         CASE WHEN a.is_open AND a.lot % 10 = 3 AND stage.holder = 'main' THEN a.due - interval '1 hour' END, ${figures},
         CASE WHEN a.is_open AND (a.lot % 6 < 2 OR a.lot % 6 = 3 OR a.lot % 6 = 5 AND a.kind = 'appeal' OR a.lot % 6 = 4 AND a.kind = 'event')
           THEN CASE WHEN a.kind = 'appeal' AND a.lot % 6 = 1 THEN ARRAY[a.due, a.due + interval '1 day'] ELSE ARRAY[a.due] END END,
         CASE WHEN a.kind = 'event' AND a.lot % 2 = 0 THEN a.lot * 30 END, CASE WHEN a.kind = 'event' THEN a.dice * 20 END,
         CASE WHEN a.kind = 'event' AND NOT a.is_open THEN a.dice * 500 END, '\\x07', decode(md5('code' || n), 'hex')
       FROM aged a JOIN jsonb_to_recordset($3::jsonb) AS s(seat int, area_id uuid, area_path text, county_id uuid, township_id uuid, community_id uuid, cell_id uuid) ON s.seat = (hashint8(a.n + 3) & 2147483647) % 1000 JOIN jsonb_to_recordset($4::jsonb) AS o(seat int, org_id uuid) ON o.seat = a.lot % 16
         JOIN ${stages} ON stage.kind = a.kind AND stage.is_open = a.is_open AND stage.no = CASE WHEN a.is_open THEN a.lot % 6 ELSE 0 END
       RETURNING case_id, main_org_id, area_path, kind, status, stage, opened_at, due_at, figures, running_due
     )
     INSERT INTO cases.case_party (case_id, org_id, role, area_path, kind, status, stage, opened_at, due_at, figures, running_due)
     SELECT case_id, main_org_id, 'main', area_path, kind, status, stage, opened_at, due_at, figures, running_due FROM file WHERE main_org_id IS NOT NULL`,
    [from, to, JSON.stringify(places), JSON.stringify(orgs)],
  )
}
