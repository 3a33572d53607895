import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Address, AddressAlias } from '../contract/address.ts'
import type { Dwelling } from '../contract/dwelling.ts'
import { openAddress } from './addresses.ts'
import { RegistryError } from './errors.ts'

const mostAliases = 20

interface AliasRow {
  alias_id: string
  address_id: string
  name: string
  made_at: Date
}

const aliasOf = ({ alias_id, address_id, name, made_at }: AliasRow): AddressAlias => ({
  aliasId: alias_id,
  addressId: address_id,
  name,
  since: made_at.toISOString(),
})

const columns = sql`alias_id, address_id, name, made_at`

/** Another name for a building or home of the acting post's area. One that is known already is answered. */
export async function addAlias(ctx: Ctx, addressId: string, said: string): Promise<AddressAlias> {
  const address = await openAddress(ctx, addressId)
  const name = said.trim()
  checkAlias(address, name)
  return ctx.as(systemActor, async (system) => {
    await system.run(sql`SELECT FROM registry.address WHERE address_id = ${addressId} FOR UPDATE`)
    const known = await system.find(sql<AliasRow>`
      SELECT ${columns} FROM registry.address_alias WHERE address_id = ${addressId} AND name_key = registry.name_key(${name}) AND ended_at IS NULL`)
    if (known) return aliasOf(known)
    const { held } = await system.get(sql<{ held: number }>`
      SELECT count(*)::int AS held FROM registry.address_alias WHERE address_id = ${addressId} AND ended_at IS NULL`)
    if (held >= mostAliases) throw RegistryError('aliases_full')
    const made = await system.get(sql<AliasRow>`
      INSERT INTO registry.address_alias (alias_id, address_id, name, made_at, made_by)
      VALUES (${newId(system.now.getTime())}, ${addressId}, ${name}, ${system.now}, ${ctx.actor.accountId}) RETURNING ${columns}`)
    ctx.audit({ action: 'registry.alias_added', subjectKind: 'address', subjectId: addressId, detail: { name } })
    return aliasOf(made)
  })
}

/** A number alone is every building's name, and an entrance has none of its own. */
function checkAlias({ kind }: Address, name: string): void {
  if (kind === 'entrance') throw RegistryError('alias_invalid', { fields: [{ path: 'name', message: '单元没有别名，请登记到楼栋或户室' }] })
  const plain = name.normalize('NFKC').replace(/\s+/g, '')
  if (
    !/\p{L}/u.test(
      plain.replace(/^第?[\da-z〇零一二三四五六七八九十百两-]+(?:号楼|号院|[栋幢橦座]楼?|单元|[楼层室房户弄号门]|#楼?)?$/iu, ''),
    )
  )
    throw RegistryError('alias_invalid', { fields: [{ path: 'name', message: '别名要有名字，不能只是号码' }] })
}

/** A name that is said no more; ended before, it is answered as it was. */
export async function endAlias(ctx: Ctx, { addressId, aliasId }: { addressId: string; aliasId: string }): Promise<AddressAlias> {
  await openAddress(ctx, addressId)
  const alias = await ctx.find(sql<AliasRow>`
    SELECT ${columns} FROM registry.address_alias WHERE alias_id = ${aliasId} AND address_id = ${addressId}`)
  if (!alias) throw RegistryError('alias_unknown')
  const ended = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE registry.address_alias SET ended_at = ${system.now}, ended_by = ${ctx.actor.accountId} WHERE alias_id = ${aliasId} AND ended_at IS NULL`),
  )
  if (ended > 0) ctx.audit({ action: 'registry.alias_ended', subjectKind: 'address', subjectId: addressId, detail: { name: alias.name } })
  return aliasOf(alias)
}

/** The divisions of an address with their codes, where its building stands, and by what other names people know it. */
export async function standardOf(ctx: Ctx, { addressId, buildingId }: Address): Promise<Dwelling['standard']> {
  const place = await ctx.as(systemActor, (system) =>
    system.get(sql<{ divisions: Dwelling['standard']['divisions']; lon: number; lat: number; building_address_id: string }>`
      SELECT b.lon, b.lat, top.address_id AS building_address_id,
        (SELECT jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name) ORDER BY length(d.area_path))
          FROM access.area d WHERE d.short_id = ANY (string_to_array(trim('/' FROM b.area_path), '/')::bigint[]) AND d.level <> 'cell') AS divisions
      FROM access.building b JOIN registry.address top ON top.building_id = b.building_id AND top.kind = 'building'
      WHERE b.building_id = ${buildingId}`),
  )
  const aliases = await ctx.rows(sql<AliasRow>`
    SELECT ${columns} FROM registry.address_alias
    WHERE address_id = ANY (${[addressId, place.building_address_id]}::uuid[]) AND ended_at IS NULL ORDER BY made_at, name`)
  const { divisions, lon, lat, building_address_id } = place
  return { divisions, lon, lat, buildingAddressId: building_address_id, aliases: aliases.map(aliasOf) }
}
