import { type Actor, type Ctx, sql, systemActor } from '@linli/base/server'
import type { LiveTopic } from '@linli/messages/server'
import type { ResidentAlarm } from '../../contract/resident-alarm.ts'
import { type EpisodeEntry, type ResidentReply, repliesOf } from '../../define/index.ts'
import type { SignalsDeps } from '../deps.ts'
import { appendEntry } from '../episode-rows.ts'
import { SignalError, wrongField } from '../errors.ts'

interface AlarmRow {
  episode_id: string
  number: string
  rule_key: string
  subject_id: string
  stage: ResidentAlarm['stage']
  raised_at: Date
  settled_at: Date | null
  area_path: string
  seq: number
}

interface StepRow {
  move: EpisodeEntry['move'] | 'told'
  at: Date
  who: string | null
  role: string | null
  role_en: string | null
  reply: ResidentReply | null
}

/** Settled ones are shown for a day: how it ended is wanted to know. */
const shownMs = 86_400_000

/** Whose alarms a resident sees: their own, and of those whom they are bound to, both having agreed. By person, the masked name. */
async function whose(system: Ctx, deps: SignalsDeps, { personId, residentId }: Actor): Promise<Map<string, string>> {
  const wards = residentId ? await deps.findWards(system, residentId) : []
  const own = personId ? [{ personId, name: (await deps.findSubject(system, 'person', personId))?.name ?? '' }] : []
  return new Map([...wards, ...own].map((one) => [one.personId, one.name]))
}

/** Open alarms of oneself and of one's family, and those of the last day. Nothing else of a person is told here. */
export async function listResidentAlarms(ctx: Ctx, deps: SignalsDeps) {
  const { actor, now } = ctx
  const items = await ctx.as(systemActor, async (system) => {
    const people = await whose(system, deps, actor)
    const rows = await system.rows(sql<AlarmRow>`
      SELECT episode_id, number, rule_key, subject_id, stage, raised_at, settled_at, area_path, seq FROM signals.episode
      WHERE subject_kind = 'person' AND subject_id = ANY (${[...people.keys()]}::uuid[])
        AND (settled_at IS NULL OR settled_at > ${new Date(now.getTime() - shownMs)})
      ORDER BY (settled_at IS NULL) DESC, raised_at DESC LIMIT 20`)
    const alarms: ResidentAlarm[] = []
    for (const row of rows) alarms.push(await present(system, deps, actor, row, people.get(row.subject_id) ?? ''))
    return alarms
  })
  return { items, mayCall: actor.personId !== undefined, asOf: now.toISOString() }
}

/**
 * Open pages of a resident hear the id of an alarm that was touched, if it is about themselves or somebody whom they are bound to at this
 * moment: asked each time, so that a bond that ended says nothing more.
 */
export function residentAlarmTopic(deps: SignalsDeps): LiveTopic {
  return {
    name: 'episode',
    events: ['alarm.raised', 'alarm.changed'],
    key: 'episodeId',
    audience: 'residents',
    visible: ({ actor, as }, episodeIds) =>
      as(systemActor, async (system) => {
        const people = await whose(system, deps, actor)
        const rows = await system.rows(sql<{ episode_id: string }>`
          SELECT episode_id FROM signals.episode
          WHERE episode_id = ANY (${episodeIds}::uuid[]) AND subject_kind = 'person' AND subject_id = ANY (${[...people.keys()]}::uuid[])`)
        return rows.map((row) => row.episode_id)
      }),
    async findConcerned(system, episodeIds) {
      const rows = await system.rows(sql<{ episode_id: string; subject_id: string }>`
        SELECT episode_id, subject_id FROM signals.episode WHERE episode_id = ANY (${episodeIds}::uuid[]) AND subject_kind = 'person'`)
      const about = new Map<string, { personId: string; bound: ReadonlySet<string> }>()
      for (const { episode_id, subject_id: personId } of rows)
        about.set(episode_id, { personId, bound: new Set(await deps.findBound(system, personId)) })
      return ({ personId, residentId }, episodeId) => {
        const subject = about.get(episodeId)
        return subject !== undefined && (subject.personId === personId || (residentId !== undefined && subject.bound.has(residentId)))
      }
    },
  }
}

/** One of them; as system, for this resident. */
export async function viewResidentAlarm(system: Ctx, deps: SignalsDeps, actor: Actor, episodeId: string): Promise<ResidentAlarm> {
  const people = await whose(system, deps, actor)
  const row = await system.find(sql<AlarmRow>`
    SELECT episode_id, number, rule_key, subject_id, stage, raised_at, settled_at, area_path, seq FROM signals.episode
    WHERE episode_id = ${episodeId}::uuid AND subject_kind = 'person' AND subject_id = ANY (${[...people.keys()]}::uuid[])`)
  if (!row) throw SignalError('episode_unknown')
  return present(system, deps, actor, row, people.get(row.subject_id) ?? '')
}

/** One sentence to those on duty; who says it is the resident, masked. */
export async function replyToAlarm(ctx: Ctx, deps: SignalsDeps, episodeId: string, reply: ResidentReply): Promise<ResidentAlarm> {
  const { actor } = ctx
  return ctx.as(systemActor, async (system) => {
    const alarm = await viewResidentAlarm(system, deps, actor, episodeId)
    const {
      seq,
      area_path: areaPath,
      settled_at,
    } = await system.get(sql<AlarmRow>`
      SELECT seq, area_path, settled_at FROM signals.episode WHERE episode_id = ${episodeId}::uuid FOR UPDATE`)
    if (settled_at) throw SignalError('episode_settled')
    if (!alarm.replies.includes(reply)) throw wrongField('reply', '请从列表里选')
    const who = alarm.isOwn ? alarm.personName : await deps.nameResident(system, actor)
    await appendEntry(system, { episode_id: episodeId, seq }, { move: 'reply', data: { who, reply } })
    system.emit('alarm.changed', { episodeId, areaPath })
    system.audit({
      action: 'signals.alarm_reply',
      subjectKind: 'episode',
      subjectId: episodeId,
      areaPath,
      detail: { reply, by: actor.residentId },
    })
    return viewResidentAlarm(system, deps, actor, episodeId)
  })
}

async function present(system: Ctx, { rules }: SignalsDeps, actor: Actor, row: AlarmRow, personName: string): Promise<ResidentAlarm> {
  const isOwn = row.subject_id === actor.personId
  // People on duty are surname and role to residents, as where they see who looked at their file.
  const steps = await system.rows(sql<StepRow>`
    SELECT e.move, e.made_at AS at, coalesce(left(a.display_name, 1), e.data ->> 'who') AS who, r.name AS role, r.name_en AS role_en, e.data ->> 'reply' AS reply, 2 * e.seq AS place
    FROM signals.episode_entry e LEFT JOIN access.account a USING (account_id) LEFT JOIN access.post p ON p.post_id = e.post_id
      LEFT JOIN access.role r ON r.role_key = p.role_key
    WHERE e.episode_id = ${row.episode_id}::uuid AND e.move = ANY ('{raise,acknowledge,depart,arrive,settle,reply,heard}'::text[])
    UNION ALL
    SELECT 'told', min(s.told_at), NULL, NULL, NULL, NULL, 3 FROM signals.ladder_step s WHERE s.episode_id = ${row.episode_id}::uuid AND s.told > 0 HAVING min(s.told_at) IS NOT NULL
    ORDER BY at, place`)
  return {
    episodeId: row.episode_id,
    number: row.number,
    rule: row.rule_key,
    ruleName: rules.rule(row.rule_key)?.name ?? row.rule_key,
    isOwn,
    personName,
    stage: row.stage,
    raisedAt: row.raised_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    steps: steps.map(({ move, at, who, role, role_en, reply }) => ({
      at: at.toISOString(),
      kind: move as ResidentAlarm['steps'][number]['kind'],
      who,
      role: role ? { zh: role, en: role_en ?? role } : null,
      reply,
    })),
    replies: row.settled_at ? [] : repliesOf(isOwn),
  }
}
