import { sql } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import { outcomes } from '../define/episode.ts'
import { presenceWords, stageWords } from '../define/state-words.ts'
import { findThing } from '../define/things.ts'
import { visitWords } from '../define/visit.ts'
import { rowOf as deviceOf, liveNodes, type StoredDevice } from './device-rows.ts'
import { type NamedEpisode, namedEpisode } from './episode-rows.ts'
import { deviceColumns, deviceSource } from './list-devices.ts'
import type { RuleBook } from './rule-book.ts'

type Labels = (lang: 'zh' | 'en') => Readonly<Record<string, string>>
type Word = readonly [zh: string, en: string]

const said = ([zh, en]: Word) => ({ zh, en })
const joined = (first: Word, second: Word | undefined): Word =>
  second ? [`${first[0]} · ${second[0]}`, `${first[1]} · ${second[1]}`] : first

type Of = 'person' | 'dwelling'

const noAlarms: Record<Of, ProfileSlot['none']> = {
  person: { zh: '没有关于本人的告警', en: 'No alarm about this person' },
  dwelling: { zh: '这一户没有告警', en: 'No alarm in this dwelling' },
}
const deviceNames: Record<Of, ProfileSlot['name']> = {
  person: { zh: '随身和家里的设备', en: 'Devices worn and at home' },
  dwelling: { zh: '这一户的设备', en: 'Devices of this dwelling' },
}

/** Alarms: about a person and at home since the person lives there (居民服务档案), or all that a dwelling had. */
export function alarmSection(of: Of, rules: RuleBook, labels: Labels = () => ({})): ProfileSlot {
  return {
    key: 'signals.alarms',
    name: { zh: '告警记录', en: 'Alarms' },
    none: noAlarms[of],
    kind: 'alarm',
    permission: 'signals.read',
    async read(ctx, { personIds, home }, most) {
      const rows = await ctx.rows(sql<NamedEpisode>`
        ${namedEpisode} WHERE (e.subject_kind = 'person' AND e.subject_id = ANY (${personIds}::uuid[]))
          OR (e.subject_kind = 'dwelling' AND e.subject_id = ${home?.addressId ?? null}::uuid AND e.raised_at >= coalesce(${home?.since ?? null}::date, '-infinity'))
        ORDER BY e.raised_at DESC, e.episode_id DESC LIMIT ${most}`)
      return rows.map((row) => {
        const name = rules.rule(row.rule_key)?.name ?? row.rule_key
        return {
          id: row.episode_id,
          title: { zh: name, en: labels('en')[`rule.${row.rule_key}`] ?? name },
          at: row.raised_at.toISOString(),
          state: said(joined(stageWords[row.stage], row.outcome ? outcomes[row.outcome] : undefined)),
          marks: [
            ...(row.arrived_at ? [{ name: { zh: '到场', en: 'Arrived' }, at: row.arrived_at.toISOString() }] : []),
            ...(row.visit ? [{ name: said(visitWords[row.visit.result]), at: new Date(row.visit.madeAt).toISOString() }] : []),
          ],
          note: row.number,
          level: row.highest_level,
        }
      })
    },
  }
}

/** Devices that are worn, and those at home; or those of a dwelling. */
export function deviceSection(of: Of): ProfileSlot {
  return {
    key: 'signals.devices',
    name: deviceNames[of],
    none: { zh: '没有登记设备', en: 'No device is registered' },
    kind: 'device',
    permission: 'signals.read',
    async read(ctx, { personIds, home }, most) {
      const rows = await ctx.rows(sql<StoredDevice>`
        SELECT ${deviceColumns(ctx.now, await liveNodes(ctx))} FROM ${deviceSource}
        WHERE d.state <> 'retired' AND ((d.subject_kind = 'person' AND d.subject_id = ANY (${personIds}::uuid[]))
          OR (d.subject_kind = 'dwelling' AND d.subject_id = ${home?.addressId ?? null}::uuid))
        ORDER BY d.code LIMIT ${most}`)
      return rows.map((row) => {
        const { deviceId, kind, code, state, presence, lastSeenAt } = deviceOf(row)
        const thing = findThing(kind)
        return {
          id: deviceId,
          title: thing ? { zh: thing.name, en: thing.nameEn } : { zh: kind, en: kind },
          at: lastSeenAt,
          state: said(presenceWords[state === 'active' ? presence : state]),
          marks: [],
          note: code,
          level: null,
        }
      })
    },
  }
}
