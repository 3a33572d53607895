import { type Ctx, sql, sqlIf } from '@linli/base/server'
import type { AddressMatch } from '../contract/address.ts'
import { type KnownPlace, matchPlaces, namesIn, plainAddress, saidBelow, settledFrom } from '../define/match-address.ts'
import { addressesOf } from './addresses.ts'

/** A number alone may be a building of every community; those named in the text come first. */
const mostPlaces = 100
const mostMatches = 8

interface PlaceRow {
  key: string
  address_id: string
  building_id: string
  kind: 'building' | 'dwelling'
  divisions: string[]
}

/** What an address as somebody wrote it means, best first; one is settled when it stands alone at `settledFrom` or above. In scope. */
export async function matchAddress(
  ctx: Ctx,
  { text, communityId }: { text: string; communityId?: string | undefined },
): Promise<{ items: AddressMatch[]; settled: string | null }> {
  const plain = plainAddress(text)
  const places = await placesNamed(ctx, plain, communityId)
  const known = await withHomes(ctx, plain, places)
  const matches = matchPlaces(plain, known).slice(0, mostMatches)
  const addresses = await addressesOf(
    ctx,
    matches.map(({ addressId }) => addressId),
  )
  const items = matches.flatMap(({ addressId, score }) => {
    const address = addresses.get(addressId)
    return address ? [{ address, score }] : []
  })
  const [first, second] = items
  const isSettled = first !== undefined && first.score >= settledFrom && (second === undefined || second.score < first.score)
  return { items, settled: isSettled ? first.address.addressId : null }
}

/** Buildings, and homes with a name of their own, whose name the text contains. */
async function placesNamed(ctx: Ctx, plain: string, communityId: string | undefined): Promise<PlaceRow[]> {
  const keys = [...new Set(namesIn(plain).map(({ key }) => key))]
  return ctx.rows(sql<PlaceRow>`
    SELECT named.name_key AS key, a.address_id, a.building_id, a.kind, ARRAY[c.name, t.name] AS divisions
    FROM (SELECT address_id, name_key FROM registry.address WHERE kind = 'building' AND name_key = ANY (${keys}::text[])
      UNION SELECT address_id, name_key FROM registry.address_alias WHERE ended_at IS NULL AND name_key = ANY (${keys}::text[])) named
      JOIN registry.address a USING (address_id) JOIN access.area c ON c.area_id = a.community_id JOIN access.area t ON t.area_id = c.township_id
    WHERE true ${sqlIf(communityId, () => sql`AND a.community_id = ${communityId}::uuid`)}
    ORDER BY strpos(${plain}, left(c.name, 2)) > 0 DESC, length(named.name_key) DESC, a.address_id LIMIT ${mostPlaces}`)
}

/** Those homes in the buildings whose number the text may say. */
async function withHomes(ctx: Ctx, plain: string, places: readonly PlaceRow[]): Promise<KnownPlace[]> {
  const keys = new Set(places.map(({ key }) => key))
  const rooms = new Set(
    namesIn(plain)
      .filter(({ key }) => keys.has(key))
      .flatMap((name) => saidBelow(plain, name).rooms),
  )
  const buildings = [...new Set(places.filter(({ kind }) => kind === 'building').map(({ building_id }) => building_id))]
  const homes = await ctx.rows(sql<{ address_id: string; building_id: string; room: string; cell: string | null }>`
    SELECT d.address_id, d.building_id, d.name_key AS room, CASE WHEN above.name_key <> b.name_key THEN above.name_key END AS cell
    FROM registry.address d JOIN registry.address above ON above.address_id = d.parent_id
      JOIN registry.address b ON b.building_id = d.building_id AND b.kind = 'building'
    WHERE d.kind = 'dwelling' AND d.building_id = ANY (${buildings}::uuid[]) AND d.name_key = ANY (${[...rooms]}::text[])`)
  const byBuilding = Map.groupBy(homes, ({ building_id }) => building_id)
  return places.map(({ key, address_id, building_id, kind, divisions }) => ({
    key,
    addressId: address_id,
    divisions,
    homes:
      kind === 'building'
        ? (byBuilding.get(building_id) ?? []).map((home) => ({ addressId: home.address_id, room: home.room, cell: home.cell ?? undefined }))
        : undefined,
  }))
}
