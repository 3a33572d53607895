import { type Ctx, sql } from '@linli/base/server'
import { z } from 'zod'
import type { ExportableList } from '../server/exportable-list.ts'

export interface Lamp {
  lamp_id: string
  number: string
  note: string
  keeper: string
  phone: string
  broken_at: Date
  watts: number
}

/** A table of street lamps under row level security, as a right engine would have one. */
export const lampTable = `
  CREATE SCHEMA lamps; GRANT USAGE ON SCHEMA lamps TO linli_app, linli_system;
  CREATE TABLE lamps.lamp (lamp_id uuid PRIMARY KEY, area_path text COLLATE "C" NOT NULL, number text NOT NULL, note text NOT NULL,
    keeper text NOT NULL, phone text NOT NULL, broken_at timestamptz NOT NULL, watts integer NOT NULL);
  GRANT SELECT ON lamps.lamp TO linli_app;
  ALTER TABLE lamps.lamp ENABLE ROW LEVEL SECURITY; ALTER TABLE lamps.lamp FORCE ROW LEVEL SECURITY;
  CREATE POLICY territory_reads ON lamps.lamp FOR SELECT TO linli_app USING (starts_with(area_path, base.setting('area_path')))`

/** So many lamps at a place, numbered from one, past all policies. */
export const addLamps = (areaPath: string, count: number, note = '灯不亮'): string => `
  INSERT INTO lamps.lamp SELECT gen_random_uuid(), '${areaPath}', 'L-' || lpad(i::text, 6, '0'), '${note.replaceAll("'", "''")}', '孙桂兰', '19999990042',
    timestamptz '2026-03-01 08:30+08' + i * interval '1 minute', i FROM generate_series(1, ${count}) i`

const query = z.object({ q: z.string().optional(), order: z.enum(['up', 'down']).optional() }).strict()
type Query = z.output<typeof query>

export interface LampList extends ExportableList<Query, Lamp> {
  /** Called before each page is read; a test that waits in it stands in the middle of an export. */
  beforePage: (page: number) => Promise<unknown>
}

export function lampList(): LampList {
  let page = 0
  const where = ({ q }: Query) => sql`(${q ?? null}::text IS NULL OR note = ${q ?? null})`
  const list: LampList = {
    beforePage: async () => {},
    key: 'lamps.list',
    zh: '路灯列表',
    en: 'Street lamps',
    permission: 'cases.read',
    query,
    columns: [
      { key: 'number', zh: '编号', en: 'Number', kind: 'code', width: 16, value: (lamp) => lamp.number },
      { key: 'note', zh: '说明', en: 'Note', kind: 'text', width: 30, value: (lamp) => lamp.note },
      { key: 'keeper', zh: '看灯人', en: 'Keeper', kind: 'text', mask: 'name', width: 12, value: (lamp) => lamp.keeper },
      { key: 'phone', zh: '电话', en: 'Phone', kind: 'text', mask: 'phone', width: 16, value: (lamp) => lamp.phone },
      { key: 'brokenAt', zh: '坏于', en: 'Broken', kind: 'instant', width: 17, value: (lamp) => lamp.broken_at },
      { key: 'watts', zh: '瓦', en: 'Watts', kind: 'number', width: 8, value: (lamp) => lamp.watts },
    ],
    async count(ctx: Ctx, asked, most) {
      const { found } = await ctx.get(sql<{ found: number }>`
        SELECT count(*)::int AS found FROM (SELECT FROM lamps.lamp WHERE ${where(asked)} LIMIT ${most + 1}) f`)
      return found
    },
    async pick(ctx: Ctx, asked, most) {
      page = 0
      const { found } = await ctx.get(sql<{ found: string[] }>`
        SELECT ARRAY(SELECT lamp_id FROM lamps.lamp WHERE ${where(asked)} ORDER BY number, lamp_id LIMIT ${most}) AS found`)
      return asked.order === 'down' ? found.reverse() : found
    },
    async load(ctx: Ctx, ids) {
      await list.beforePage(++page)
      const rows = await ctx.rows(sql<Lamp>`SELECT * FROM lamps.lamp WHERE lamp_id = ANY (${ids}::uuid[])`)
      return new Map(rows.map((row) => [row.lamp_id, row]))
    },
  }
  return list
}
