import { namesOf } from '@linli/access/server'
import { type Ctx, may, sql, systemActor } from '@linli/base/server'
import { deliveriesAbout } from '@linli/messages/server'
import { knownCareGroups } from '@linli/registry/server'
import type { Episode, EpisodeLine } from '../contract/episode.ts'
import { type EpisodeEntry, groupsOf, isActive, type Latest, type Level, movesAt, type ResidentReply, type Rule } from '../define/index.ts'
import type { SignalsDeps } from './deps.ts'
import { type NamedEpisode, namedEpisode, rowOf } from './episode-rows.ts'
import { SignalError } from './errors.ts'

interface EntryRow {
  seq: number
  move: EpisodeEntry['move']
  data: {
    level?: Level
    deviceId?: string
    signalAt?: string
    since?: string
    text?: string
    via?: 'voice'
    who?: string
    reply?: ResidentReply
    visit?: NonNullable<Episode['visit']>
  }
  account_id: string | null
  org_id: string | null
  made_at: Date
}

interface DetectorRow {
  device_id: string
  code: string
  name: string
  kind: string
  first_at: Date
  last_at: Date
  signals: number
  latest: Latest
}

interface StepRow {
  rung: number
  attempt: number
  rung_key: string
  taken_at: Date
  told: number | null
  outcome: NonNullable<EpisodeLine['outcome']>
  is_merged: boolean
}

/** One alarm as a single timeline: signals, who was told, who did what. */
export async function viewEpisode(ctx: Ctx, deps: SignalsDeps, episodeId: string): Promise<Episode> {
  const row = await ctx.find(sql<NamedEpisode>`${namedEpisode} WHERE e.episode_id = ${episodeId}::uuid`)
  if (!row) throw SignalError('episode_unknown')
  const rule = deps.rules.rule(row.rule_key)
  const detectors = await ctx.rows(sql<DetectorRow>`
    SELECT t.device_id, d.code, d.name, d.kind, t.first_at, t.last_at, t.signals, s.latest
    FROM signals.episode_detector t JOIN signals.device d USING (device_id) JOIN signals.device_state s USING (device_id)
    WHERE t.episode_id = ${episodeId}::uuid ORDER BY t.first_at, d.code`)
  const subject = row.subject_kind === 'device' ? undefined : await deps.findSubject(ctx, row.subject_kind, row.subject_id)
  const mayRespond = may(ctx.actor, 'signals.respond')
  return {
    ...rowOf(row, deps),
    because: rule && (await mayKnowWhy(ctx, rule, row)) ? rule.because : '',
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: subject?.name ?? null,
    devices: detectors.map(({ kind, latest, ...one }) => ({
      deviceId: one.device_id,
      code: one.code,
      name: one.name,
      firstAt: one.first_at.toISOString(),
      lastAt: one.last_at.toISOString(),
      signals: one.signals,
      isActive: rule !== undefined && isActive(rule, kind, latest),
    })),
    lines: await linesOf(ctx, deps, row, detectors),
    moves: mayRespond ? movesAt(row.stage) : [],
    callerPosition: row.caller_position,
    caseId: row.case_id,
    mayOpenCase: mayRespond && rule?.opens !== undefined && may(ctx.actor, 'cases.open'),
  }
}

/** The basis of a rule about a care group says which group: not to whoever does not see that this person is in it. */
async function mayKnowWhy(ctx: Ctx, rule: Rule, { subject_kind, subject_id }: NamedEpisode): Promise<boolean> {
  const groups = groupsOf(rule.when)
  if (groups.length === 0 || subject_kind !== 'person') return true
  const known = await knownCareGroups(ctx, subject_id)
  return groups.every((group) => known.has(group))
}

/** What went to phones, at the time when it went or is to go, with what the provider said of it. Who sees the alarm sees this, masked. */
async function phoneLines(ctx: Ctx, episodeId: string): Promise<EpisodeLine[]> {
  const deliveries = await ctx.as(systemActor, (system) => deliveriesAbout(system, { kind: 'episode', id: episodeId }))
  return deliveries
    .filter(({ state }) => state !== 'needless')
    .map(({ sentAt, nextAt, madeAt, ...delivery }) => ({
      at: sentAt ?? nextAt ?? madeAt,
      kind: 'phone' as const,
      byName: delivery.recipientName,
      orgName: null,
      phone: {
        channel: delivery.channel,
        to: delivery.phone,
        isFamily: delivery.recipientKind === 'contact',
        state: delivery.state,
        fault: delivery.fault,
        endedAt: delivery.receipts.at(-1)?.at ?? null,
      },
    }))
}

async function linesOf(ctx: Ctx, { rules }: SignalsDeps, episode: NamedEpisode, detectors: readonly DetectorRow[]): Promise<EpisodeLine[]> {
  const entries = await ctx.rows(sql<EntryRow>`
    SELECT seq, move, data, account_id, org_id, made_at FROM signals.episode_entry WHERE episode_id = ${episode.episode_id}::uuid ORDER BY seq`)
  const steps = await ctx.rows(sql<StepRow>`
    SELECT rung, attempt, rung_key, taken_at, told, outcome, is_merged FROM signals.ladder_step WHERE episode_id = ${episode.episode_id}::uuid ORDER BY taken_at, rung, attempt`)
  const names = await namesOf(ctx, {
    accounts: entries.flatMap((entry) => entry.account_id ?? []),
    orgs: entries.flatMap((entry) => entry.org_id ?? []),
  })
  const devices = new Map(detectors.map((one) => [one.device_id, one.name]))
  const rule = rules.rule(episode.rule_key)
  const rungs = rule ? rules.ladder(rule.ladder).rungs : []
  const lines: EpisodeLine[] = [
    ...entries.map(({ move, data, account_id, org_id, made_at }) => ({
      at: made_at.toISOString(),
      kind: move,
      byName: account_id ? (names.accounts.get(account_id) ?? null) : (data.who ?? null),
      orgName: org_id && (names.orgs.get(org_id) ?? null),
      ...(data.level && { level: data.level }),
      ...(data.deviceId && { deviceName: devices.get(data.deviceId) ?? '' }),
      ...(data.signalAt && { signalAt: data.signalAt }),
      ...(data.since && { since: data.since }),
      ...(data.text && { text: data.text }),
      ...(data.via && { via: data.via }),
      ...(data.reply && { reply: data.reply }),
      ...(data.visit && { visit: { met: data.visit.met, result: data.visit.result, madeAt: data.visit.madeAt } }),
    })),
    ...steps.map(({ rung_key, attempt, taken_at, told, outcome, is_merged }) => ({
      at: taken_at.toISOString(),
      kind: 'told' as const,
      byName: null,
      orgName: null,
      rung: rungs.find(({ key }) => key === rung_key)?.name ?? rung_key,
      attempt,
      told,
      outcome,
      ...(is_merged && { isMerged: true }),
    })),
    ...(await phoneLines(ctx, episode.episode_id)),
  ]
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
