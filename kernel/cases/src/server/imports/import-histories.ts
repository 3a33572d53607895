import { newId, type WorkingCalendar } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import { parseForm } from '@linli/forms/define'
import { type CaseType, type Effect, findMove } from '../../define/case-type.ts'
import { applyEntry, type CaseState, type Entry, effectsOf, isOpenTo, openState } from '../../define/fold.ts'
import { formOf } from '../../define/form-of.ts'
import type { Place } from '../deps.ts'
import type { DutyBook } from '../duties/find-duty.ts'
import { numberOf } from '../open-case.ts'
import { type ClockRow, noticeTime, type Projection, project } from '../project.ts'
import { type Contact, codeHash, codeOf, type SealedContact, tailHash, tailOf } from '../residents/contact.ts'

/** A step as it was made; `postId` is the post that it was made in. */
export interface HistoryEntry extends Entry {
  readonly postId: string | null
}

/** A whole case as it was lived elsewhere, or invented. The first entry is its opening; the contact is given in clear and sealed on the way in. */
export interface CaseHistory {
  readonly caseId: string
  readonly place: Place
  readonly contact?: Contact | undefined
  readonly entries: readonly HistoryEntry[]
}

export interface ImportDeps {
  vault: Vault
  calendar(): WorkingCalendar
  /** By which line of the duty lists a dispatch was made that does not say so itself. */
  dutyFor?: DutyBook
}

/** `lived` as if here: whoever should have heard of a clock has. `elsewhere`: nobody here was told, and of what is past nobody will be. */
export type Past = 'lived' | 'elsewhere'

/**
 * Writes whole cases at once: log, projection, clocks, parties and the notices that were due along the way. The log obeys the same rules
 * as one that is lived: a step that was not open, or whose form is wrong, refuses the whole batch. Tells nobody: these things happened before.
 * A clock still running keeps its latest notice to be sent, so that whoever holds the case hears of it once. Answers the numbers given.
 */
export async function importHistories(
  system: Ctx,
  deps: ImportDeps,
  type: CaseType,
  histories: readonly CaseHistory[],
  past: Past = 'lived',
): Promise<string[]> {
  if (histories.length === 0) return []
  const serials = await system.rows(
    sql<{ serial: number }>`SELECT nextval('cases.case_number') AS serial FROM generate_series(1, ${histories.length})`,
  )
  const cases = histories.map((history, i) => prepare(system, deps, type, history, serials[i]!.serial, past))
  await insertKeys(system, cases)
  await insertFiles(system, type, cases)
  await insertEntries(system, cases)
  await insertClocks(system, cases)
  await insertParties(system, type, cases)
  await insertRatings(system, cases)
  return cases.map(({ number }) => number)
}

interface Prepared {
  caseId: string
  number: string
  place: Place
  opening: Readonly<Record<string, unknown>>
  openedAt: Date
  key: { keyId: string; wrapped: string } | undefined
  tailHash: string
  codeHash: string
  entries: (HistoryEntry & { stage: string })[]
  state: CaseState
  row: Projection
  notices: { key: string; round: number; level: number; at: Date }[]
}

function prepare(system: Ctx, deps: ImportDeps, type: CaseType, history: CaseHistory, serial: number, past: Past): Prepared {
  const { caseId, contact } = history
  const [first, ...rest] = history.entries
  if (first?.move !== 'open' || first.seq !== 1) throw new Error(`history ${caseId} does not begin with its opening`)
  const { key, sealed } = seal(deps.vault, first.at, contact)
  const opening = { ...first.data, contact: sealed ?? null }
  let state = openState(type, { ...first, data: opening })
  const entries: Prepared['entries'] = [{ ...first, data: opening, stage: state.stage }]
  for (const entry of rest) {
    const data = checkStep(type, state, entry, history, deps.dutyFor)
    state = applyEntry(type, state, { ...entry, data })
    entries.push({ ...entry, data, stage: state.stage })
  }
  const number = numberOf(first.at, serial)
  const code = codeOf(deps.vault, caseId)
  const row = project(type, state, deps.calendar())
  const clocks = row.clocks.map((clock) => (past === 'lived' ? passed(type, clock, system.now) : hushed(clock, system.now)))
  return {
    caseId,
    number,
    place: history.place,
    opening,
    openedAt: first.at,
    key,
    tailHash: tailHash(deps.vault, caseId, tailOf(contact, code)).toString('hex'),
    codeHash: codeHash(deps.vault, code).toString('hex'),
    entries,
    state,
    row: { ...row, clocks: clocks.map(({ clock }) => clock) },
    notices: clocks.flatMap(({ notices }) => notices),
  }
}

function seal(vault: Vault, at: Date, contact: Contact | undefined): { key?: Prepared['key']; sealed?: SealedContact } {
  if (!contact?.name && !contact?.phone) return {}
  const keyId = newId(at.getTime())
  const { key, wrapped } = vault.newPersonKey()
  const sealed: SealedContact = { keyId }
  if (contact.name) sealed.name = vault.seal(contact.name, key).toString('base64')
  if (contact.phone) sealed.phone = vault.seal(contact.phone, key).toString('base64')
  return { key: { keyId, wrapped: wrapped.toString('hex') }, sealed }
}

function checkStep(
  type: CaseType,
  state: CaseState,
  entry: HistoryEntry,
  { caseId, place }: CaseHistory,
  dutyFor: DutyBook = () => undefined,
): Record<string, unknown> {
  const where = `history ${caseId}, step ${entry.seq} (${entry.move})`
  const move = findMove(type, entry.move)
  if (!move || entry.seq !== state.seq + 1 || !isOpenTo(type, state, move, entry.at))
    throw new Error(`${where}: not open in ${state.stage}`)
  const { superior, target, dutyId: _, ...filled } = entry.data
  const effects = effectsOf(type, state, move, filled, entry.at)
  const does = (what: Effect['does']): boolean => effects.some((effect) => effect.does === what)
  const sent = effects.flatMap((effect) => (effect.does === 'setMain' ? [String(filled[effect.from])] : []))[0]
  const dutyId = sent
    ? dutyFor({ orgId: sent, category: state.category, areaPath: place.areaPath })
    : does('reject')
      ? state.dutyId
      : undefined
  const known = { ...(does('askRuling') && { superior }), ...(dutyId && { dutyId }), ...(target !== undefined && { target }) }
  const form = parseForm(formOf(move, state), filled, entry.at)
  if (!form.ok) throw new Error(`${where}: ${form.problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`)
  return { ...form.data, ...known }
}

/** The notices whose time came before the clock stopped or, for one that runs, all but the latest, which is still to be sent. */
function passed(type: CaseType, clock: ClockRow, now: Date): { clock: ClockRow; notices: Prepared['notices'] } {
  const until = clock.stoppedAt ?? now
  const times = [...type.notices]
    .sort((a, b) => a.level - b.level)
    .flatMap(({ level }) => {
      const at = noticeTime(type, level, clock)
      return at && at <= until ? [{ key: clock.key, round: clock.round, level, at }] : []
    })
  if (clock.stoppedAt) return { clock, notices: times }
  const latest = times.pop()
  return { clock: latest ? { ...clock, nextLevel: latest.level, nextNoticeAt: latest.at } : clock, notices: times }
}

/** Nobody hears of what was due before the matter came here; what comes due from now on is told as ever. */
function hushed(clock: ClockRow, now: Date): { clock: ClockRow; notices: Prepared['notices'] } {
  const next = clock.notices.find(({ at }) => at > now)
  const missed = clock.notices.filter(({ at }) => at <= now)
  return {
    clock: { ...clock, nextLevel: next?.level ?? null, nextNoticeAt: next?.at ?? null },
    notices: missed.map(({ level, at }) => ({ key: clock.key, round: clock.round, level, at })),
  }
}

async function insertKeys(system: Ctx, cases: readonly Prepared[]): Promise<void> {
  const keys = cases.flatMap(({ key, openedAt }) => (key ? [{ ...key, openedAt }] : []))
  await system.run(sql`
    INSERT INTO base.person_key (key_id, wrapped_key, made_at)
    SELECT k."keyId", decode(k.wrapped, 'hex'), k."openedAt"
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("keyId" uuid, wrapped text, "openedAt" timestamptz)`)
}

async function insertFiles(system: Ctx, type: CaseType, cases: readonly Prepared[]): Promise<void> {
  const rows = cases.map(({ opening, row, place, key, ...one }) => {
    const position = opening.position as { lon: number; lat: number } | null | undefined
    const { clocks: _, parties: __, ...columns } = row
    return {
      ...one,
      ...columns,
      ...place,
      entries: undefined,
      state: undefined,
      notices: undefined,
      title: opening.title,
      channel: opening.channel,
      placeText: opening.place ?? null,
      lon: position?.lon ?? null,
      lat: position?.lat ?? null,
      keyId: key?.keyId ?? null,
      sealed: row.reporterSealed,
    }
  })
  await system.run(sql`
    INSERT INTO cases.case_file (case_id, number, kind, case_type, title, category, appeal_type, level, channel, place, lon, lat, area_id, area_path,
      county_id, township_id, community_id, cell_id, stage, queue, status, holder, main_org_id, duty_id, requester_org_id, handler_id, round, extension, score, seq,
      opened_at, closed_at, clock_key, clock_started_at, due_at, amber_at, paused_until, pause_reason, outer_due_at, ruling_area_id, supervised_at, merged_into, contact_key_id,
      reporter_sealed, figures, running_due, known_in, seen_in, handled_in, tail_hash, code_hash)
    SELECT c."caseId", c.number, ${type.kind}, ${type.key}, c.title, c.category, c."appealType", c.level, c.channel, c."placeText", c.lon, c.lat, c."areaId", c."areaPath",
      c."countyId", c."townshipId", c."communityId", c."cellId", c.stage, c.queue, c.status, c.holder, c."mainOrgId", c."dutyId", c."requesterOrgId", c."handlerId", c.round, c.extension, c.score, c.seq,
      c."openedAt", c."closedAt", c."clockKey", c."clockStartedAt", c."dueAt", c."amberAt", c."pausedUntil", c."pauseReason", c."outerDueAt", c."rulingAreaId", c."supervisedAt", c."mergedInto", c."keyId",
      c.sealed, c.figures, c."runningDue", c."knownIn", c."seenIn", c."handledIn", decode(c."tailHash", 'hex'), decode(c."codeHash", 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c("caseId" uuid, number text, title text, category text, "appealType" text, level text, channel text,
      "placeText" text, lon double precision, lat double precision, "areaId" uuid, "areaPath" text, "countyId" uuid, "townshipId" uuid, "communityId" uuid,
      "cellId" uuid, stage text, queue text, status text, holder text, "mainOrgId" uuid, "dutyId" uuid, "requesterOrgId" uuid, "handlerId" uuid, round integer, extension text, score smallint,
      seq integer, "openedAt" timestamptz, "closedAt" timestamptz, "clockKey" text, "clockStartedAt" timestamptz, "dueAt" timestamptz, "amberAt" timestamptz,
      "pausedUntil" timestamptz, "pauseReason" text, "outerDueAt" timestamptz, "rulingAreaId" uuid, "supervisedAt" timestamptz, "mergedInto" uuid, "keyId" uuid, sealed boolean, figures text, "runningDue" timestamptz[], "knownIn" integer, "seenIn" integer, "handledIn" integer, "tailHash" text, "codeHash" text)`)
}

async function insertEntries(system: Ctx, cases: readonly Prepared[]): Promise<void> {
  const rows = cases.flatMap(({ caseId, entries }) => entries.map((entry) => ({ caseId, ...entry })))
  await system.run(sql`
    INSERT INTO cases.case_entry (case_id, seq, move, stage, data, account_id, post_id, org_id, made_at)
    SELECT e."caseId", e.seq, e.move, e.stage, e.data, e."accountId", e."postId", e."orgId", e.at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e("caseId" uuid, seq integer, move text, stage text, data jsonb,
      "accountId" uuid, "postId" uuid, "orgId" uuid, at timestamptz)`)
}

async function insertClocks(system: Ctx, cases: readonly Prepared[]): Promise<void> {
  const clocks = cases.flatMap(({ caseId, row }) => row.clocks.map((clock) => ({ caseId, ...clock })))
  await system.run(sql`
    INSERT INTO cases.case_clock (case_id, clock_key, round, org_id, started_at, due_at, amber_at, stopped_at, next_level, next_notice_at)
    SELECT c."caseId", c.key, c.round, c."orgId", c."startedAt", c."dueAt", c."amberAt", c."stoppedAt", c."nextLevel", c."nextNoticeAt"
    FROM jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) AS c("caseId" uuid, key text, round integer, "orgId" uuid, "startedAt" timestamptz,
      "dueAt" timestamptz, "amberAt" timestamptz, "stoppedAt" timestamptz, "nextLevel" integer, "nextNoticeAt" timestamptz)`)
  const notices = cases.flatMap(({ caseId, notices }) => notices.map((notice) => ({ caseId, ...notice })))
  await system.run(sql`
    INSERT INTO cases.case_notice (case_id, clock_key, round, level, made_at)
    SELECT n."caseId", n.key, n.round, n.level, n.at
    FROM jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) AS n("caseId" uuid, key text, round integer, level integer, at timestamptz)`)
}

async function insertParties(system: Ctx, type: CaseType, cases: readonly Prepared[]): Promise<void> {
  const parties = cases.flatMap(({ caseId, place, row, openedAt }) =>
    row.parties.map((party) => ({ ...party, caseId, openedAt, areaPath: place.areaPath, status: row.status, stage: row.stage })),
  )
  await system.run(sql`
    INSERT INTO cases.case_party (case_id, org_id, role, area_path, kind, status, stage, opened_at, due_at, task_key, task_started_at, task_amber_at, figures, running_due)
    SELECT p."caseId", p."orgId", p.role, p."areaPath", ${type.kind}, p.status, p.stage, p."openedAt", p."dueAt", p."taskKey", p."taskStartedAt", p."taskAmberAt",
      p.figures, p."runningDue"
    FROM jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) AS p("caseId" uuid, "orgId" uuid, role text, "areaPath" text, status text, stage text,
      "openedAt" timestamptz, "dueAt" timestamptz, "taskKey" text, "taskStartedAt" timestamptz, "taskAmberAt" timestamptz, figures text, "runningDue" timestamptz[])`)
}

async function insertRatings(system: Ctx, cases: readonly Prepared[]): Promise<void> {
  const ratings = cases.flatMap(({ caseId, state }) => state.ratings.map((rating) => ({ caseId, ...rating })))
  await system.run(sql`
    INSERT INTO cases.case_rating (case_id, seq, org_id, score, rated_at, rectified_at)
    SELECT r."caseId", r.seq, r."orgId", r.score, r.at, r."rectifiedAt"
    FROM jsonb_to_recordset(${JSON.stringify(ratings)}::jsonb) AS r("caseId" uuid, seq integer, "orgId" uuid, score smallint, at timestamptz, "rectifiedAt" timestamptz)`)
}
