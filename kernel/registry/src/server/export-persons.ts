import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, type ListSource, pickIds, sql, sqlAnd } from '@linli/base/server'
import { PersonFilter, type PersonRow } from '../contract/person.ts'
import { findCareGroup } from '../define/care-groups.ts'
import type { RegistryDeps } from './deps.ts'
import { type ListedPerson, personConditions, personOrder, rowOf, selectPersons } from './list-persons.ts'

/**
 * The list of residents for a file: the same filters, scope and order as on the screen, the same masks, and of care groups only those that
 * the post may know. Like the list it opens no file, so nobody is written down as looked at; who took the list along is on the trail.
 */
export function personExport(deps: RegistryDeps) {
  const sourceOf = (ctx: Ctx, filter: PersonFilter): ListSource => ({
    id: sql`p.person_id`,
    from: sql`registry.person p`,
    where: sqlAnd(personConditions(ctx, deps, filter)),
    orderBy: personOrder,
  })
  return {
    key: 'registry.persons',
    zh: '居民',
    en: 'Residents',
    permission: 'registry.read',
    query: PersonFilter.strict(),
    columns,
    count: async (ctx: Ctx, filter: PersonFilter, most: number): Promise<number> => countRows(ctx, sourceOf(ctx, filter), most),
    pick: async (ctx: Ctx, filter: PersonFilter, most: number): Promise<string[]> => pickIds(ctx, sourceOf(ctx, filter), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, PersonRow>> {
      const rows = await ctx.rows(
        sql<ListedPerson>`${selectPersons(sql`SELECT * FROM registry.person WHERE person_id = ANY (${ids}::uuid[])`)}`,
      )
      return new Map(rows.map((row) => [row.person_id, rowOf(row)]))
    },
  }
}

const statuses: Record<PersonRow['status'], readonly [zh: string, en: string]> = {
  here: ['在住', 'Lives here'],
  away: ['已迁出', 'Moved out'],
  died: ['已去世', 'Died'],
  erased: ['已删除', 'Erased'],
  merged: ['已并档', 'Merged'],
}
const groupsOf = ({ careGroups }: PersonRow, lang: 'zh' | 'en'): string =>
  careGroups.map(({ key, name }) => (lang === 'zh' ? name : (findCareGroup(key)?.nameEn ?? name))).join(lang === 'zh' ? '、' : ', ')

/** Values are kept masked; a telephone is `text`, so that one in clear would be masked here as well. */
const columns: ExportColumn<PersonRow>[] = [
  { key: 'name', zh: '姓名', en: 'Name', kind: 'code', mask: 'name', width: 12, value: ({ masked }) => masked.name ?? null },
  { key: 'idNumber', zh: '证件号', en: 'ID number', kind: 'text', width: 22, value: ({ masked }) => masked.idNumber ?? null },
  { key: 'phone', zh: '电话', en: 'Telephone', kind: 'text', width: 16, value: ({ masked }) => masked.phone ?? null },
  { key: 'place', zh: '住处', en: 'Home', kind: 'code', width: 28, value: ({ place }) => place },
  { key: 'status', zh: '状态', en: 'State', kind: 'code', width: 10, value: ({ status }, lang) => statuses[status][lang === 'zh' ? 0 : 1] },
  { key: 'careGroups', zh: '关爱对象', en: 'Care groups', kind: 'code', width: 28, value: groupsOf },
  { key: 'changed', zh: '最近变更', en: 'Last changed', kind: 'instant', width: 17, value: ({ changedAt }) => new Date(changedAt) },
]
