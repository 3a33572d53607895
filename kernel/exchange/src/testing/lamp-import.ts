import { type Ctx, sql } from '@linli/base/server'
import type { Importable, Judged } from '../server/imports/importable.ts'

/** Lamps of another system: a number, a state of health, a place. */
export interface ImportedLamp {
  key: string
  words: string
}

export const importTable = `
  CREATE TABLE exchange.test_lamp (source text, key text, words text NOT NULL, batch_id uuid NOT NULL, is_touched boolean NOT NULL DEFAULT false, PRIMARY KEY (source, key));
  GRANT SELECT, INSERT, DELETE ON exchange.test_lamp TO linli_system`

/** Somewhere to import into that no scene has: lamps called 坏 are refused, those that somebody has touched stay. */
export function lampImport(): Importable<ImportedLamp> {
  return {
    key: 'lamps',
    zh: '路灯',
    en: 'Lamps',
    permission: 'cases.read',
    keyFields: ['key'],
    variants: () => [
      {
        key: 'lamp',
        zh: '街灯',
        en: 'Street lamps',
        fields: [
          { key: 'key', zh: '编号', en: 'Number', kind: 'code', isRequired: true },
          { key: 'words', zh: '说明', en: 'Words', kind: 'text', isRequired: true, calledToo: ['情况'] },
          { key: 'seenAt', zh: '时间', en: 'Seen', kind: 'instant' },
          { key: 'phone', zh: '电话', en: 'Telephone', kind: 'text', mask: 'phone' },
        ],
        options: [],
      },
    ],
    async judge(system, { mapping, areaPath }, rows) {
      const keys = rows.map(({ values }) => String(values.key))
      const there = await system.rows(sql<{ key: string; words: string }>`
        SELECT key, words FROM exchange.test_lamp WHERE source = ${mapping.source} AND key = ANY (${keys}::text[])`)
      return rows.map(({ values }): Judged<ImportedLamp> => {
        const [key, words] = [String(values.key), String(values.words)]
        const before = there.find((one) => one.key === key)
        const about = { field: 'key', column: null, value: key }
        if (before)
          return before.words === words
            ? { outcome: 'there', agrees: null }
            : { outcome: 'changed', problems: [{ code: 'changed', ...about }] }
        if (words === '坏' || areaPath === '') return { outcome: 'refused', problems: [{ code: 'area_outside', ...about }] }
        return { outcome: 'added', record: { key, words }, shown: { key, words, phone: String(values.phone ?? '') }, agrees: null }
      })
    },
    async write(system, { batchId, mapping }, records) {
      await system.run(sql`
        INSERT INTO exchange.test_lamp (source, key, words, batch_id) SELECT ${mapping.source}, r.key, r.words, ${batchId}::uuid
        FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r(key text, words text)`)
    },
    async remove(system, batchId, most) {
      const gone = await system.rows(sql<{ key: string }>`
        DELETE FROM exchange.test_lamp WHERE (source, key) IN (SELECT source, key FROM exchange.test_lamp WHERE batch_id = ${batchId} AND NOT is_touched LIMIT ${most})
        RETURNING key`)
      return gone.map(({ key }) => key)
    },
    remaining: async (system: Ctx, batchId) =>
      (await system.rows(sql<{ key: string }>`SELECT key FROM exchange.test_lamp WHERE batch_id = ${batchId}`)).map(({ key }) => key),
  }
}
