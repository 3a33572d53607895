import { type Ctx, sql, systemActor, transact } from '@linli/base/server'
import type { CaseType } from '../define/case-type.ts'
import { applyEntry, type CasePlace, type CaseState, type Entry, openState } from '../define/fold.ts'
import type { CasesDeps } from './deps.ts'
import { lockCase } from './lock-case.ts'
import { type ClockRow, type Projection, project } from './project.ts'
import { writeProjection } from './write-projection.ts'

/** Writes the projection of one case anew from its log. For an imported year of the calendar, or after `checkProjection` found it wrong. */
export async function rebuildCase(system: Ctx, deps: CasesDeps, caseId: string): Promise<CaseState> {
  const { type, file, state } = await lockCase(system, deps, caseId)
  await writeProjection(system, deps, type, file, state)
  return state
}

/** Where the projection of a case is not what its log says. */
export interface ProjectionFault {
  caseId: string
  /** `file.due_at`, `clock.repair.2.due_at`, `party.<org>`, `rating.7.score`, `entry.3.stage`. */
  part: string
  stored: unknown
  expected: unknown
}

export interface ProjectionCheck {
  checked: number
  faults: ProjectionFault[]
  /** The case to go on after; null at the end. */
  next: string | null
}

interface StoredCase {
  case_id: string
  case_type: string
  file: Record<string, unknown>
  entries: {
    seq: number
    move: string
    stage: string
    data: Record<string, unknown>
    account_id: string | null
    org_id: string | null
    made_at: string
  }[]
  clocks: Record<string, unknown>[]
  parties: Record<string, unknown>[]
  ratings: Record<string, unknown>[]
  notices: { clock_key: string; round: number; level: number }[]
}

const batch = 200

/**
 * Compares what lists and sweeps read with what the logs say, one page of cases; each case is read at one instant, so that moves made
 * meanwhile are no faults. Writes nothing. Runs as the system.
 */
export async function checkProjection(
  system: Ctx,
  deps: Pick<CasesDeps, 'catalogue' | 'calendar'>,
  after?: string,
): Promise<ProjectionCheck> {
  const cases = await system.rows(sql<StoredCase>`
    SELECT f.case_id, f.case_type, to_jsonb(f) AS file,
      (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.seq) FROM cases.case_entry e WHERE e.case_id = f.case_id) AS entries,
      (SELECT coalesce(jsonb_agg(to_jsonb(c)), '[]') FROM cases.case_clock c WHERE c.case_id = f.case_id) AS clocks,
      (SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]') FROM cases.case_party p WHERE p.case_id = f.case_id) AS parties,
      (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM cases.case_rating r WHERE r.case_id = f.case_id) AS ratings,
      (SELECT coalesce(jsonb_agg(to_jsonb(n)), '[]') FROM cases.case_notice n WHERE n.case_id = f.case_id) AS notices
    FROM cases.case_file f WHERE f.case_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid ORDER BY f.case_id LIMIT ${batch}`)
  return {
    checked: cases.length,
    faults: cases.flatMap((stored) => faultsOf(stored, deps)),
    next: cases.length === batch ? cases.at(-1)!.case_id : null,
  }
}

/** Checks every case, page by page, each page in a transaction of its own. */
export async function checkEveryProjection(
  deps: Pick<CasesDeps, 'pool' | 'clock' | 'catalogue' | 'calendar'>,
): Promise<Omit<ProjectionCheck, 'next'>> {
  const found: ProjectionFault[] = []
  let checked = 0
  for (let after: string | undefined | null; after !== null; ) {
    const from = after
    const page: ProjectionCheck = await transact(deps, systemActor, (system) => checkProjection(system, deps, from))
    checked += page.checked
    found.push(...page.faults)
    after = page.next
  }
  return { checked, faults: found }
}

type Part = Record<string, unknown>
type Parts = Record<string, Part>

function faultsOf(stored: StoredCase, deps: Pick<CasesDeps, 'catalogue' | 'calendar'>): ProjectionFault[] {
  const type = deps.catalogue.get(stored.case_type)
  const { state, faults } = readLog(type, stored)
  if (!state) return faults
  const expected = expectedParts(type, state, stored, project(type, state, deps.calendar()))
  const found = storedParts(stored)
  for (const part of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const [want, have] = [expected[part], found[part]]
    if (!want || !have) faults.push({ caseId: stored.case_id, part, stored: have ?? null, expected: want ?? null })
    else {
      for (const [key, value] of Object.entries(want)) {
        if (!isSame(have[key], value))
          faults.push({ caseId: stored.case_id, part: `${part}.${key}`, stored: have[key] ?? null, expected: value })
      }
    }
  }
  return faults
}

function isSame(stored: unknown, expected: unknown): boolean {
  if (expected instanceof Date) return typeof stored === 'string' && Date.parse(stored) === expected.getTime()
  if (!Array.isArray(expected)) return (stored ?? null) === (expected ?? null)
  return Array.isArray(stored) && stored.length === expected.length && expected.every((one, i) => isSame(stored[i], one))
}

/** The log itself: no gap, no step backward in time, and at each entry the stage that it led to. */
function readLog(type: CaseType, { case_id, entries }: StoredCase): { state: CaseState | undefined; faults: ProjectionFault[] } {
  const faults: ProjectionFault[] = []
  let state: CaseState | undefined
  for (const [i, row] of (entries ?? []).entries()) {
    const entry: Entry = { ...row, at: new Date(row.made_at), accountId: row.account_id, orgId: row.org_id }
    const add = (what: string, stored: unknown, expected: unknown) =>
      faults.push({ caseId: case_id, part: `entry.${row.seq}.${what}`, stored, expected })
    if (row.seq !== i + 1) add('seq', row.seq, i + 1)
    if (state && entry.at < state.movedAt) add('made_at', entry.at, state.movedAt)
    state = state ? applyEntry(type, state, entry) : openState(type, entry)
    if (row.stage !== state.stage) add('stage', row.stage, state.stage)
  }
  if (!state) faults.push({ caseId: case_id, part: 'entry.1', stored: null, expected: 'open' })
  return { state, faults }
}

function storedParts({ file, clocks, parties, ratings }: StoredCase): Parts {
  return {
    file,
    ...Object.fromEntries(clocks.map((clock) => [`clock.${clock.clock_key}.${clock.round}`, clock])),
    ...Object.fromEntries(parties.map((party) => [`party.${party.org_id}`, party])),
    ...Object.fromEntries(ratings.map((rating) => [`rating.${rating.seq}`, rating])),
  }
}

function expectedParts(type: CaseType, state: CaseState, { file, clocks, notices }: StoredCase, row: Projection): Parts {
  const clockPart = (clock: ClockRow): Part => {
    const told = new Set(notices.filter((one) => one.clock_key === clock.key && one.round === clock.round).map(({ level }) => level))
    const next = clock.notices.find(({ level }) => !told.has(level))
    const waits = clocks.find((one) => one.clock_key === clock.key && one.round === clock.round)?.next_notice_at
    // Where a scene is switched off the sweep puts a notice off; it may wait longer than the log says, never shorter.
    const isPutOff = next !== undefined && typeof waits === 'string' && Date.parse(waits) > next.at.getTime()
    return {
      org_id: clock.orgId,
      started_at: clock.startedAt,
      due_at: clock.dueAt,
      amber_at: clock.amberAt,
      stopped_at: clock.stoppedAt,
      next_level: next?.level ?? null,
      next_notice_at: isPutOff ? waits : (next?.at ?? null),
    }
  }
  const party: Part = { area_path: file.area_path, kind: type.kind, status: row.status, stage: row.stage, opened_at: state.openedAt }
  return {
    file: filePart(state, row),
    ...Object.fromEntries(row.clocks.map((clock) => [`clock.${clock.key}.${clock.round}`, clockPart(clock)])),
    ...Object.fromEntries(
      row.parties.map(({ orgId, role, dueAt, taskKey, taskStartedAt, taskAmberAt, figures, runningDue }) => [
        `party.${orgId}`,
        {
          ...party,
          role,
          due_at: dueAt,
          task_key: taskKey,
          task_started_at: taskStartedAt,
          task_amber_at: taskAmberAt,
          figures,
          running_due: runningDue,
        },
      ]),
    ),
    ...Object.fromEntries(
      state.ratings.map(({ seq, orgId, score, at, rectifiedAt }) => [
        `rating.${seq}`,
        { org_id: orgId, score, rated_at: at, rectified_at: rectifiedAt },
      ]),
    ),
  }
}

function filePart(state: CaseState, row: Projection): Part {
  return {
    ...(row.place && placePart(row.place)),
    stage: row.stage,
    queue: row.queue,
    status: row.status,
    holder: row.holder,
    category: row.category,
    appeal_type: row.appealType,
    level: row.level,
    main_org_id: row.mainOrgId,
    duty_id: row.dutyId,
    requester_org_id: row.requesterOrgId,
    handler_id: row.handlerId,
    round: row.round,
    extension: row.extension,
    score: row.score,
    seq: row.seq,
    opened_at: state.openedAt,
    closed_at: row.closedAt,
    clock_key: row.clockKey,
    clock_started_at: row.clockStartedAt,
    due_at: row.dueAt,
    amber_at: row.amberAt,
    paused_until: row.pausedUntil,
    pause_reason: row.pauseReason,
    outer_due_at: row.outerDueAt,
    ruling_area_id: row.rulingAreaId,
    supervised_at: row.supervisedAt,
    merged_into: row.mergedInto,
    reporter_sealed: row.reporterSealed,
    figures: row.figures,
    running_due: row.runningDue,
    known_in: row.knownIn,
    seen_in: row.seenIn,
    handled_in: row.handledIn,
  }
}

const placePart = (place: CasePlace): Part => ({
  area_id: place.areaId,
  area_path: place.areaPath,
  county_id: place.countyId,
  township_id: place.townshipId,
  community_id: place.communityId,
  cell_id: place.cellId,
})
