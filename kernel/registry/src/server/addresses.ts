import { newId } from '@linli/base/define'
import { type Ctx, decodeCursor, encodeCursor, sql, sqlIf, systemActor } from '@linli/base/server'
import type { Address } from '../contract/address.ts'
import { addressForms } from '../define/address-forms.ts'
import { RegistryError } from './errors.ts'

const pageSize = 200

interface AddressRow {
  address_id: string
  parent_id: string | null
  building_id: string
  kind: Address['kind']
  name: string
  full_name: string
  cell_id: string
  people: number
}

const addressOf = (row: AddressRow): Address => ({
  addressId: row.address_id,
  parentId: row.parent_id,
  buildingId: row.building_id,
  kind: row.kind,
  name: row.name,
  fullName: row.full_name,
  cellId: row.cell_id,
  people: row.people,
})

const columns = sql`a.address_id, a.parent_id, a.building_id, a.kind, a.name, a.full_name, a.cell_id,
  (SELECT count(*)::int FROM registry.person p WHERE p.address_id = a.address_id AND p.status = 'here') AS people`

/** Addresses of a building, or those written like the words, in the acting post's scope. */
export async function listAddresses(
  ctx: Ctx,
  { building, q, cursor }: { building?: string; q?: string; cursor?: string },
): Promise<{ items: Address[]; next: string | null }> {
  const after = cursor ? decodeCursor(cursor, 'text', 'uuid') : undefined
  const rows = await ctx.rows(sql<AddressRow>`
    SELECT ${columns} FROM registry.address a
    WHERE true ${sqlIf(building, () => sql`AND a.building_id = ${building}`)}
      ${sqlIf(q, () => sql`AND EXISTS (SELECT FROM unnest(${addressForms(q!)}::text[]) form WHERE registry.fits_form(a.full_name, base.search_form(form)))`)}
      ${sqlIf(after, () => sql`AND (a.full_name, a.address_id) > (${after?.[0]}, ${after?.[1]}::uuid)`)}
    ORDER BY a.full_name, a.address_id LIMIT ${pageSize + 1}`)
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined
  return { items: rows.slice(0, pageSize).map(addressOf), next: last ? encodeCursor(last.full_name, last.address_id) : null }
}

/** An address in the acting post's scope; refused where there is none, for it came from a person's form. */
export async function getAddress(ctx: Ctx, addressId: string): Promise<Address> {
  const address = await findAddress(ctx, addressId)
  if (address) return address
  const fields = [{ path: 'addressId', message: '没有这个地址，或不归本岗位管' }]
  throw RegistryError('address_unknown', { fields })
}

export const findAddress = async (ctx: Ctx, addressId: string): Promise<Address | undefined> =>
  (await addressesOf(ctx, [addressId])).get(addressId)

/** An address named in a path: where there is none for the acting post, the try is on the trail. */
export async function openAddress(ctx: Ctx, addressId: string): Promise<Address> {
  const address = await findAddress(ctx, addressId)
  if (address) return address
  ctx.onRefusal(ctx.actor, async (refused) => {
    refused.audit({ action: 'registry.read_refused', subjectKind: 'address', subjectId: addressId })
  })
  throw RegistryError('dwelling_unknown')
}

/** Those of these addresses that the acting post sees, by id. */
export async function addressesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Address>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.rows(sql<AddressRow>`SELECT ${columns} FROM registry.address a WHERE a.address_id = ANY (${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.address_id, addressOf(row)]))
}

/** The dwelling with this name, set up with everything above it where it is not there yet. Two who add the same one get the same. */
export async function addAddress(
  ctx: Ctx,
  { buildingId, entrance, dwelling }: { buildingId: string; entrance?: string; dwelling: string },
): Promise<Address> {
  const building = await ctx.find(sql<{ name: string; area_path: string }>`
    SELECT name, area_path FROM access.building WHERE building_id = ${buildingId} AND starts_with(area_path, ${ctx.actor.areaPath})`)
  if (!building) {
    const fields = [{ path: 'buildingId', message: '没有这栋楼，或不归本岗位管' }]
    throw RegistryError('building_unknown', { fields })
  }
  const addressId = await ctx.as(systemActor, async (system) => {
    const top = await addPlace(system, { buildingId, parentId: null, kind: 'building', name: building.name })
    const above = entrance ? await addPlace(system, { buildingId, parentId: top, kind: 'entrance', name: entrance }) : top
    return addPlace(system, { buildingId, parentId: above, kind: 'dwelling', name: dwelling })
  })
  ctx.audit({ action: 'registry.address_added', subjectKind: 'address', subjectId: addressId, areaPath: building.area_path })
  return getAddress(ctx, addressId)
}

/** One place of the tree, found or made. As system. */
async function addPlace(
  system: Ctx,
  place: { buildingId: string; parentId: string | null; kind: Address['kind']; name: string },
): Promise<string> {
  const { buildingId, parentId, kind, name } = place
  await system.run(sql`
    INSERT INTO registry.address (address_id, parent_id, building_id, kind, name, full_name, area_path, county_id, township_id, community_id, cell_id, made_at)
    SELECT ${newId(system.now.getTime())}, ${parentId}::uuid, ${buildingId}, ${kind}, ${name}, coalesce(above.full_name, '') || ${name},
      cell.area_path, cell.county_id, cell.township_id, cell.community_id, cell.cell_id, ${system.now}
    FROM access.building b JOIN access.area cell ON cell.area_id = b.cell_id LEFT JOIN registry.address above ON above.address_id = ${parentId}::uuid
    WHERE b.building_id = ${buildingId}
    ON CONFLICT ON CONSTRAINT address_name_once DO NOTHING`)
  const { address_id } = await system.get(sql<{ address_id: string }>`
    SELECT address_id FROM registry.address
    WHERE building_id = ${buildingId} AND parent_id IS NOT DISTINCT FROM ${parentId}::uuid AND name = ${name}`)
  return address_id
}
