import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, type ListSource, pickIds, sql, sqlAnd } from '@linli/base/server'
import { z } from 'zod'
import { type DeviceRow, deviceFilter } from '../contract/device.ts'
import { type EpisodeFilter, type EpisodeRow, episodeFilter } from '../contract/episode.ts'
import { type QuarantinedMessage, QuarantineState } from '../contract/quarantine.ts'
import { outcomes } from '../define/episode.ts'
import { quarantineReasons } from '../define/quarantine-reasons.ts'
import { presenceWords, stageWords } from '../define/state-words.ts'
import { findThing } from '../define/things.ts'
import { rowOf as deviceOf, liveNodes, type StoredDevice } from './device-rows.ts'
import { rowOf as episodeOf, type NamedEpisode, namedEpisode } from './episode-rows.ts'
import { type DeviceFilter, deviceColumns, deviceSource, filtersOf } from './list-devices.ts'
import { episodeConditions, episodeOrder } from './list-episodes.ts'
import { type QuarantineRow, quarantineConditions, quarantineOrder, selectQuarantine, viewsOf } from './list-quarantine.ts'
import type { RuleBook } from './rule-book.ts'

type Lang = 'zh' | 'en'
type Word = readonly [zh: string, en: string]
const say = ([zh, en]: Word, lang: Lang): string => (lang === 'zh' ? zh : en)
const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant))
const permission = 'signals.read'

/** The ledger of devices for a file: never a secret, and of whom a device belongs to only what the list shows, which is its place. */
export function deviceExport() {
  const source = async (ctx: Ctx, filter: DeviceFilter): Promise<ListSource> => ({
    id: sql`d.device_id`,
    from: sql`signals.device d LEFT JOIN signals.device_state s USING (device_id)`,
    where: sqlAnd(filtersOf(ctx, filter, await liveNodes(ctx))),
    orderBy: sql`d.code`,
  })
  return {
    key: 'signals.devices',
    zh: '设备台账',
    en: 'Devices',
    permission,
    query: deviceFilter.strict(),
    columns: deviceColumnsOfFile,
    count: async (ctx: Ctx, filter: DeviceFilter, most: number): Promise<number> => countRows(ctx, await source(ctx, filter), most),
    pick: async (ctx: Ctx, filter: DeviceFilter, most: number): Promise<string[]> => pickIds(ctx, await source(ctx, filter), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, DeviceRow>> {
      const rows = await ctx.rows(sql<StoredDevice>`
        SELECT ${deviceColumns(ctx.now, await liveNodes(ctx))} FROM ${deviceSource} WHERE d.device_id = ANY (${ids}::uuid[])`)
      return new Map(rows.map((row) => [row.device_id, deviceOf(row)]))
    },
  }
}

const kindOf = ({ kind }: DeviceRow, lang: Lang): string => {
  const thing = findThing(kind)
  return thing ? say([thing.name, thing.nameEn], lang) : kind
}
const presenceOf = ({ state, presence }: DeviceRow, lang: Lang): string => say(presenceWords[state === 'active' ? presence : state], lang)

const deviceColumnsOfFile: ExportColumn<DeviceRow>[] = [
  { key: 'code', zh: '编码', en: 'Code', kind: 'code', width: 20, value: (row) => row.code },
  { key: 'kind', zh: '种类', en: 'Kind', kind: 'code', width: 14, value: kindOf },
  { key: 'place', zh: '位置', en: 'Place', kind: 'text', width: 30, value: (row) => row.place },
  { key: 'community', zh: '社区（村）', en: 'Community', kind: 'code', width: 16, value: (row) => row.communityName },
  { key: 'cell', zh: '网格', en: 'Grid cell', kind: 'code', width: 16, value: (row) => row.cellName },
  { key: 'presence', zh: '在线状态', en: 'Presence', kind: 'code', width: 12, value: presenceOf },
  { key: 'battery', zh: '电量（%）', en: 'Battery (%)', kind: 'number', width: 10, value: (row) => row.battery },
  { key: 'firmware', zh: '固件', en: 'Firmware', kind: 'code', width: 12, value: (row) => row.firmware },
  { key: 'seen', zh: '最近一次', en: 'Last heard', kind: 'instant', width: 17, value: (row) => at(row.lastSeenAt) },
]

/** Alarms for a file, as the desk lists them: what, where, when and how it ended; who was told and what they did stays in each alarm. */
export function episodeExport(rules: RuleBook, labels: (lang: Lang) => Readonly<Record<string, string>> = () => ({})) {
  const source = (ctx: Ctx, filter: EpisodeFilter): ListSource => ({
    id: sql`e.episode_id`,
    from: sql`signals.episode e`,
    where: sqlAnd(episodeConditions(ctx, filter)),
    orderBy: episodeOrder,
  })
  const rule = (row: EpisodeRow, lang: Lang): string => labels(lang)[`rule.${row.rule}`] ?? row.ruleName
  return {
    key: 'signals.episodes',
    zh: '告警',
    en: 'Alarms',
    permission,
    query: episodeFilter.strict(),
    columns: episodeColumns(rule),
    count: (ctx: Ctx, filter: EpisodeFilter, most: number): Promise<number> => countRows(ctx, source(ctx, filter), most),
    pick: (ctx: Ctx, filter: EpisodeFilter, most: number): Promise<string[]> => pickIds(ctx, source(ctx, filter), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, EpisodeRow>> {
      const rows = await ctx.rows(sql<NamedEpisode>`${namedEpisode} WHERE e.episode_id = ANY (${ids}::uuid[])`)
      return new Map(rows.map((row) => [row.episode_id, episodeOf(row, { rules })]))
    },
  }
}

const levels: Record<number, Word> = { 1: ['红色', 'Red'], 2: ['橙色', 'Orange'], 3: ['黄色', 'Yellow'], 4: ['蓝色', 'Blue'] }
const episodeColumns = (rule: (row: EpisodeRow, lang: Lang) => string): ExportColumn<EpisodeRow>[] => [
  { key: 'number', zh: '编号', en: 'Number', kind: 'code', width: 20, value: (row) => row.number },
  { key: 'rule', zh: '告警', en: 'Alarm', kind: 'code', width: 22, value: rule },
  { key: 'level', zh: '级别', en: 'Level', kind: 'code', width: 8, value: (row, lang) => say(levels[row.level]!, lang) },
  { key: 'place', zh: '位置', en: 'Place', kind: 'text', width: 30, value: (row) => row.place },
  { key: 'community', zh: '社区（村）', en: 'Community', kind: 'code', width: 16, value: (row) => row.communityName },
  { key: 'cell', zh: '网格', en: 'Grid cell', kind: 'code', width: 16, value: (row) => row.cellName },
  { key: 'raised', zh: '报警时间', en: 'Raised', kind: 'instant', width: 17, value: (row) => at(row.raisedAt) },
  { key: 'stage', zh: '进展', en: 'Progress', kind: 'code', width: 10, value: (row, lang) => say(stageWords[row.stage], lang) },
  {
    key: 'outcome',
    zh: '处置结果',
    en: 'Outcome',
    kind: 'code',
    width: 18,
    value: (row, lang) => row.outcome && say(outcomes[row.outcome], lang),
  },
]

const quarantineFilter = z.object({ state: QuarantineState.default('waiting') }).strict()
type QuarantineFilter = z.output<typeof quarantineFilter>

/** The quarantine for a file: which device sent what kind of fault and what was decided. The message itself, which may hold anything, stays. */
export function quarantineExport() {
  const source = (ctx: Ctx, { state }: QuarantineFilter): ListSource => ({
    id: sql`q.quarantine_id`,
    from: sql`signals.quarantine q JOIN signals.device d USING (device_id)`,
    where: sqlAnd(quarantineConditions(ctx, state)),
    orderBy: quarantineOrder,
  })
  return {
    key: 'signals.quarantine',
    zh: '隔离区',
    en: 'Quarantine',
    permission,
    query: quarantineFilter,
    columns: quarantineColumns,
    count: (ctx: Ctx, filter: QuarantineFilter, most: number): Promise<number> => countRows(ctx, source(ctx, filter), most),
    pick: (ctx: Ctx, filter: QuarantineFilter, most: number): Promise<string[]> => pickIds(ctx, source(ctx, filter), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, QuarantinedMessage>> {
      const rows = await ctx.rows(sql<QuarantineRow>`${selectQuarantine} WHERE q.quarantine_id = ANY (${ids}::uuid[])`)
      return new Map((await viewsOf(ctx, rows)).map((row) => [row.quarantineId, row]))
    },
  }
}

const quarantineStates: Record<QuarantinedMessage['state'], Word> = {
  waiting: ['等待处理', 'Waiting'],
  resent: ['已重新送入', 'Taken after all'],
  dropped: ['已决定不收', 'Dropped'],
}
const reasonOf = ({ reason }: QuarantinedMessage, lang: Lang): string => {
  const words: Word | undefined = quarantineReasons[reason as keyof typeof quarantineReasons]
  return words ? say(words, lang) : reason
}

const quarantineColumns: ExportColumn<QuarantinedMessage>[] = [
  { key: 'reason', zh: '原因', en: 'Why', kind: 'code', width: 20, value: reasonOf },
  { key: 'field', zh: '哪一项', en: 'Which part', kind: 'code', width: 14, value: (row) => row.field },
  { key: 'code', zh: '设备编码', en: 'Device code', kind: 'code', width: 20, value: (row) => row.deviceCode },
  { key: 'device', zh: '设备', en: 'Device', kind: 'text', width: 20, value: (row) => row.deviceName },
  { key: 'channel', zh: '接入', en: 'Channel', kind: 'code', width: 8, value: (row) => row.channel.toUpperCase() },
  { key: 'bytes', zh: '字节', en: 'Bytes', kind: 'number', width: 8, value: (row) => row.bytes },
  { key: 'times', zh: '次数', en: 'Times', kind: 'number', width: 8, value: (row) => row.times },
  { key: 'last', zh: '最近一次', en: 'Last', kind: 'instant', width: 17, value: (row) => at(row.lastAt) },
  { key: 'state', zh: '处理状态', en: 'State', kind: 'code', width: 14, value: (row, lang) => say(quarantineStates[row.state], lang) },
  { key: 'decidedBy', zh: '谁定的', en: 'Decided by', kind: 'code', width: 12, value: (row) => row.decidedByName },
  { key: 'decision', zh: '理由', en: 'Reason', kind: 'text', width: 30, value: (row) => row.decisionReason },
]
