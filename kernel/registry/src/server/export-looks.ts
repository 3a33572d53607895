import { asPlatform } from '@linli/access/server'
import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, pickIds } from '@linli/base/server'
import { type Look, LookFilter } from '../contract/look.ts'
import { type PersonField, personFields } from '../define/person-fields.ts'
import { loadLooks, looksSource } from './looks.ts'

/** Who looked, for a file: the columns of the list. That it was taken along is a line of the trail, with the names of the filters. */
export function lookExport() {
  return {
    key: 'registry.looks',
    zh: '查看记录',
    en: 'Who looked',
    permission: 'registry.readLooks',
    query: LookFilter.strict(),
    columns,
    async count(ctx: Ctx, filter: LookFilter, most: number): Promise<number> {
      const source = await looksSource(ctx, filter)
      return asPlatform(ctx, (system) => countRows(system, source, most))
    },
    async pick(ctx: Ctx, filter: LookFilter, most: number): Promise<string[]> {
      const source = await looksSource(ctx, filter)
      return asPlatform(ctx, (system) => pickIds(system, source, most))
    },
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Look>> {
      return new Map((await loadLooks(ctx, ids)).map((look) => [look.viewId, look]))
    },
  }
}

const kinds = { profile: ['打开档案', 'Opened the file'], reveal: ['查看明文', 'Values in clear'] } as const
const nameOf = (field: PersonField, lang: 'zh' | 'en'): string => (lang === 'zh' ? personFields[field].name : field)

const columns: ExportColumn<Look>[] = [
  { key: 'at', zh: '时间', en: 'When', kind: 'instant', width: 17, value: ({ at }) => new Date(at) },
  { key: 'who', zh: '谁', en: 'Who', kind: 'code', width: 14, value: ({ accountName }) => accountName },
  {
    key: 'role',
    zh: '岗位',
    en: 'Post',
    kind: 'code',
    width: 18,
    value: ({ roleName, roleNameEn }, lang) => (lang === 'zh' ? roleName : roleNameEn),
  },
  { key: 'organization', zh: '单位', en: 'Organization', kind: 'code', width: 26, value: ({ orgName }) => orgName },
  { key: 'kind', zh: '看了什么', en: 'Kind', kind: 'code', width: 16, value: ({ kind }, lang) => kinds[kind][lang === 'zh' ? 0 : 1] },
  {
    key: 'fields',
    zh: '栏目',
    en: 'Fields',
    kind: 'code',
    width: 24,
    value: ({ fields }, lang) => fields.map((field) => nameOf(field, lang)).join(lang === 'zh' ? '、' : ', '),
  },
  { key: 'purpose', zh: '原因', en: 'Purpose', kind: 'text', width: 32, value: ({ reason }) => reason },
  { key: 'name', zh: '居民', en: 'Resident', kind: 'code', mask: 'name', width: 12, value: ({ name }) => name },
  { key: 'community', zh: '社区', en: 'Community', kind: 'code', width: 18, value: ({ community }) => community },
]
