import { type Ctx, sql, sqlIf } from '@linli/base/server'
import type { CaseType } from '../define/case-type.ts'
import type { CaseState } from '../define/fold.ts'
import type { FileRow } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { project } from './project.ts'

type Placed = Pick<FileRow, 'case_id' | 'area_path'>

/**
 * Writes what follows from the state: the file's columns, its clocks, parties and ratings, in one statement. The caller holds the lock of
 * the file. Of each clock the next notice is the lowest level that was not told yet. Rebuilding a case calls just this.
 */
export async function writeProjection(
  system: Ctx,
  deps: Pick<CasesDeps, 'calendar'>,
  type: CaseType,
  file: Placed,
  state: CaseState,
): Promise<void> {
  const row = project(type, state, deps.calendar())
  const { place } = row
  await system.run(sql`
    WITH file AS (
      UPDATE cases.case_file SET stage = ${row.stage}, queue = ${row.queue}, status = ${row.status}, holder = ${row.holder},
        category = ${row.category}, appeal_type = ${row.appealType}, level = ${row.level}, main_org_id = ${row.mainOrgId}, duty_id = ${row.dutyId}, requester_org_id = ${row.requesterOrgId}, handler_id = ${row.handlerId},
        round = ${row.round}, extension = ${row.extension}, score = ${row.score}, seq = ${row.seq}, closed_at = ${row.closedAt},
        clock_key = ${row.clockKey}, clock_started_at = ${row.clockStartedAt}, due_at = ${row.dueAt}, amber_at = ${row.amberAt},
        paused_until = ${row.pausedUntil}, pause_reason = ${row.pauseReason}, outer_due_at = ${row.outerDueAt}, ruling_area_id = ${row.rulingAreaId}, supervised_at = ${row.supervisedAt}, merged_into = ${row.mergedInto},
        reporter_sealed = ${row.reporterSealed}, figures = ${row.figures}, running_due = ${row.runningDue}, known_in = ${row.knownIn}, seen_in = ${row.seenIn},
        handled_in = ${row.handledIn}${sqlIf(
          place,
          () => sql`, area_id = ${place!.areaId}::uuid, area_path = ${place!.areaPath}, county_id = ${place!.countyId}::uuid,
          township_id = ${place!.townshipId}::uuid, community_id = ${place!.communityId}::uuid, cell_id = ${place!.cellId}::uuid`,
        )}
      WHERE case_id = ${file.case_id}
    ), clocks AS (
      INSERT INTO cases.case_clock AS old (case_id, clock_key, round, org_id, started_at, due_at, amber_at, stopped_at, next_level, next_notice_at)
      SELECT ${file.case_id}::uuid, c.key, c.round, c."orgId", c."startedAt", c."dueAt", c."amberAt", c."stoppedAt", next.level, next.at
      FROM jsonb_to_recordset(${JSON.stringify(row.clocks)}::jsonb) AS c(key text, round integer, "orgId" uuid, "startedAt" timestamptz,
        "dueAt" timestamptz, "amberAt" timestamptz, "stoppedAt" timestamptz, notices jsonb)
      LEFT JOIN LATERAL (
        SELECT n.level, n.at FROM jsonb_to_recordset(c.notices) AS n(level integer, at timestamptz)
        WHERE NOT EXISTS (SELECT FROM cases.case_notice told
          WHERE told.case_id = ${file.case_id}::uuid AND told.clock_key = c.key AND told.round = c.round AND told.level = n.level)
        ORDER BY n.level LIMIT 1
      ) next ON true
      ON CONFLICT (case_id, clock_key, round) DO UPDATE SET org_id = excluded.org_id, started_at = excluded.started_at, due_at = excluded.due_at,
        amber_at = excluded.amber_at, stopped_at = excluded.stopped_at, next_level = excluded.next_level, next_notice_at = excluded.next_notice_at
      WHERE (old.org_id, old.started_at, old.due_at, old.amber_at, old.stopped_at, old.next_level, old.next_notice_at)
        IS DISTINCT FROM (excluded.org_id, excluded.started_at, excluded.due_at, excluded.amber_at, excluded.stopped_at, excluded.next_level, excluded.next_notice_at)
    ), ratings AS (
      INSERT INTO cases.case_rating AS old (case_id, seq, org_id, score, rated_at, rectified_at)
      SELECT ${file.case_id}::uuid, r.seq, r."orgId", r.score, r.at, r."rectifiedAt"
      FROM jsonb_to_recordset(${JSON.stringify(state.ratings)}::jsonb) AS r(seq integer, "orgId" uuid, score smallint, at timestamptz, "rectifiedAt" timestamptz)
      ON CONFLICT (case_id, seq) DO UPDATE SET org_id = excluded.org_id, score = excluded.score, rated_at = excluded.rated_at, rectified_at = excluded.rectified_at
    )
    INSERT INTO cases.case_party AS old (case_id, org_id, role, area_path, kind, status, stage, opened_at, due_at, task_key, task_started_at, task_amber_at, figures, running_due)
    SELECT ${file.case_id}::uuid, p."orgId", p.role, ${place?.areaPath ?? file.area_path}, ${type.kind}, ${row.status}, ${row.stage}, ${state.openedAt}::timestamptz, p."dueAt",
      p."taskKey", p."taskStartedAt", p."taskAmberAt", p.figures, p."runningDue"
    FROM jsonb_to_recordset(${JSON.stringify(row.parties)}::jsonb) AS p("orgId" uuid, role text, "dueAt" timestamptz, "taskKey" text, "taskStartedAt" timestamptz,
      "taskAmberAt" timestamptz, figures text, "runningDue" timestamptz[])
    ON CONFLICT (case_id, org_id) DO UPDATE SET role = excluded.role, area_path = excluded.area_path, status = excluded.status, stage = excluded.stage,
      due_at = excluded.due_at, task_key = excluded.task_key, task_started_at = excluded.task_started_at, task_amber_at = excluded.task_amber_at,
      figures = excluded.figures, running_due = excluded.running_due`)
}
