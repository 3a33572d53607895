import { timingSafeEqual } from 'node:crypto'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PublicCase, PublicStep } from '../contract/public-case.ts'
import { type CaseType, findMove } from '../define/case-type.ts'
import { type CaseState, foldCase, isOpenTo, livePause } from '../define/fold.ts'
import { type LoggedEntry, loadEntries, type NamedFileRow, selectFiles } from './case-rows.ts'
import { codeHash, tailHash } from './contact.ts'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'
import { clockView, holderOf, iso, listAttachments, namesOf } from './view-case.ts'

const triesPerHour = 10

/** `2026 1122-000318` and `诉20261122000318` are the same number. */
export function normalizeNumber(number: string): string {
  const digits = number.replace(/\D/g, '')
  return digits.length > 8 ? `${digits.slice(0, 8)}-${digits.slice(8)}` : digits
}

/**
 * The case behind a number and a tail. A wrong tail and an unknown number are the same 404 after the same work;
 * after ten wrong ones in an hour the number is closed to tries until the next. Runs as the system.
 */
export async function findByTail(system: Ctx, deps: CasesDeps, number: string, tail: string): Promise<NamedFileRow> {
  const asked = normalizeNumber(number)
  const hour = new Date(Math.floor(system.now.getTime() / 3_600_000) * 3_600_000)
  const tries = await system.find(
    sql<{ failures: number }>`SELECT failures FROM cases.look_up_failure WHERE number = ${asked} AND hour = ${hour}`,
  )
  if (tries && tries.failures >= triesPerHour) {
    throw CaseError('tries_exhausted', { detail: '这个编号试错太多次了，请一小时后再试，或打电话问', retryAfterSeconds: 3600 })
  }
  const row = await system.find(sql<NamedFileRow>`${selectFiles} WHERE f.number = ${asked}`)
  const given = tailHash(deps.vault, asked, tail)
  if (row && timingSafeEqual(row.tail_hash, given)) return row
  system.onRefusal(systemActor, (ctx) =>
    ctx.run(sql`INSERT INTO cases.look_up_failure AS f (number, hour, failures) VALUES (${asked}, ${hour}, 1)
      ON CONFLICT (number, hour) DO UPDATE SET failures = f.failures + 1`),
  )
  throw CaseError('not_found', { detail: '没有查到：请核对编号和后四位' })
}

export async function findByCode(system: Ctx, deps: CasesDeps, code: string): Promise<NamedFileRow> {
  const row = await system.find(sql<NamedFileRow>`${selectFiles} WHERE f.code_hash = ${codeHash(deps.vault, code)}`)
  if (!row) throw CaseError('not_found', { detail: '没有这个评价码' })
  return row
}

/** The case as its resident sees it: steps that are public, no names of staff beyond their unit, no internal note. Runs as the system. */
export async function viewPublicCase(system: Ctx, deps: CasesDeps, row: NamedFileRow): Promise<PublicCase> {
  const type = deps.catalogue.get(row.case_type)
  const entries = await loadEntries(system, row.case_id)
  const state = foldCase(type, entries)
  const names = await namesOf(system, row.case_id)
  const by = (entry: LoggedEntry) => names.get(entry.seq)?.org_name ?? (findMove(type, entry.move)?.by === 'system' ? '系统' : '您')
  const open = (key: string) => {
    const move = findMove(type, key)
    return move !== undefined && isOpenTo(type, state, move, system.now)
  }
  const clock = state.clocks.findLast((other) => type.clocks[other.key]?.owner === 'resident') ?? state.clocks[0]
  return {
    number: row.number,
    title: row.title,
    stage: state.stage,
    stageName: type.stages[state.stage]?.publicName ?? state.stage,
    status: state.status,
    holder: holderOf(type, row),
    openedAt: state.openedAt.toISOString(),
    dueAt: iso(row.outer_due_at ?? row.due_at),
    clock: clock ? clockView(type, clock, state, deps, system.now, null) : null,
    steps: stepsOf(type, state, entries, by, system.now),
    replies: repliesOf(type, entries, by),
    attachments: await listAttachments(system, row.case_id),
    canRate: open('rate'),
    canReopen: open('reopen'),
    canWithdrawUntil: open('withdraw') ? withdrawUntil(type, state) : null,
    canAdd: open('add'),
    rating: state.rating ? { score: state.rating.score, at: state.rating.at.toISOString() } : null,
    hasContact: row.contact_key_id !== null && row.contact_erased_at === null,
    views: await listViews(system, row.case_id),
    now: system.now.toISOString(),
  }
}

function stepsOf(type: CaseType, state: CaseState, entries: LoggedEntry[], by: (entry: LoggedEntry) => string, now: Date): PublicStep[] {
  const steps = entries.flatMap((entry): PublicStep[] => {
    const move = findMove(type, entry.move)
    const text = entry.move === 'open' ? '您报了这件事' : move?.publicText && fill(move.publicText, entry.data)
    if (!text) return []
    const pause = move?.effects?.find((effect) => effect.does === 'pause')
    const files = (entry.data.attachments ?? []) as string[]
    return [
      {
        at: entry.at.toISOString(),
        key: entry.move,
        text,
        by: by(entry),
        note: move?.reply ? String(entry.data[move.reply] ?? '') : pause ? String(entry.data[pause.reason] ?? '') : null,
        kind: pause ? 'paused' : 'done',
        until: pause ? String(entry.data[pause.until]) : null,
        attachments: files.map((fileId) => ({ fileId, mediaType: 'image/jpeg', width: null, height: null })),
      },
    ]
  })
  if (state.status !== 'open') return steps
  const pause = livePause(state.pause, now)
  const current = type.stages[state.stage]?.publicName ?? state.stage
  return [
    ...steps,
    {
      at: now.toISOString(),
      key: state.stage,
      text: current,
      by: '',
      note: pause?.reason ?? null,
      kind: 'current',
      until: iso(pause?.until ?? null),
      attachments: [],
    },
  ]
}

function repliesOf(type: CaseType, entries: LoggedEntry[], by: (entry: LoggedEntry) => string): PublicCase['replies'] {
  return entries.flatMap((entry) => {
    const field = findMove(type, entry.move)?.reply
    const text = field ? entry.data[field] : undefined
    return typeof text === 'string' ? [{ at: entry.at.toISOString(), by: by(entry), text }] : []
  })
}

const fill = (text: string, data: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (_, key) => String(data[key] ?? ''))

function withdrawUntil(type: CaseType, state: CaseState): string | null {
  const limit = findMove(type, 'withdraw')?.only?.find((condition) => condition.when === 'within')
  return limit && 'seconds' in limit ? new Date(state.openedAt.getTime() + limit.seconds * 1000).toISOString() : null
}

interface ViewRow {
  viewed_at: Date
  org_name: string | null
  by_name: string
  reason: string
}

async function listViews(system: Ctx, caseId: string): Promise<PublicCase['views']> {
  const rows = await system.rows(sql<ViewRow>`
    SELECT v.viewed_at, o.name AS org_name, v.by_name, v.reason FROM cases.contact_view v LEFT JOIN access.organization o USING (org_id)
    WHERE v.case_id = ${caseId} ORDER BY v.viewed_at DESC LIMIT 50`)
  return rows.map((row) => ({ at: row.viewed_at.toISOString(), by: `${row.org_name ?? ''} ${row.by_name}`.trim(), reason: row.reason }))
}
