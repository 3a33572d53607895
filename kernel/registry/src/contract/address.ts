import { endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

/** A place below a building (标准地址): the building itself, an entrance of it, or a dwelling. */
export const Address = z.object({
  addressId: Id,
  parentId: Id.nullable(),
  buildingId: Id,
  kind: z.enum(['building', 'entrance', 'dwelling']),
  name: z.string(),
  /** 3号楼2单元501室. */
  fullName: z.string(),
  cellId: Id,
  /** People who live there now. */
  people: z.number().int().nonnegative(),
})
export type Address = z.infer<typeof Address>

export const listAddresses = endpoint({
  method: 'GET',
  path: '/addresses',
  summary: '一栋楼的单元和户室，或按写法找地址（本岗位范围）',
  permission: 'registry.read',
  query: z.object({ building: Id.optional(), q: text(2, 60).optional(), cursor: z.string().max(200).optional() }),
  result: page(Address),
})

export const addAddress = endpoint({
  method: 'POST',
  path: '/addresses',
  summary: '登记一户：楼栋、单元（可无）、户室；已有的直接返回',
  permission: 'registry.record',
  idempotent: true,
  body: z.object({ requestId: RequestId, buildingId: Id, entrance: text(1, 20).optional(), dwelling: text(1, 20) }),
  result: Address,
  status: 201,
  replayStatus: 200,
  errors: ['registry.building_unknown'],
})

/** An address that a text may mean. */
export const AddressMatch = z.object({
  address: Address,
  /** 0 to 1: how much of the text fits. A home is taken without a person who looks only from 0.95. */
  score: z.number().min(0).max(1),
})
export type AddressMatch = z.infer<typeof AddressMatch>

export const matchAddress = endpoint({
  method: 'GET',
  path: '/addresses/match',
  summary: '把一句地址对到标准地址：最像的在前，带把握（本岗位范围）',
  permission: 'registry.read',
  query: z.object({ text: text(2, 100), communityId: Id.optional() }),
  /** At most eight; `settled` is the one that stands alone at 0.95 or above. A building stands for homes not on record. */
  result: z.object({ items: z.array(AddressMatch), settled: Id.nullable() }),
})

/** Another name (别名) of a building or home. */
export const AddressAlias = z.object({ aliasId: Id, addressId: Id, name: z.string(), since: Instant })
export type AddressAlias = z.infer<typeof AddressAlias>

export const addAlias = endpoint({
  method: 'POST',
  path: '/addresses/:addressId/aliases',
  summary: '登记别名：楼栋或户室的另一个叫法；已有的直接返回',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ addressId: Id }),
  body: z.object({ requestId: RequestId, name: text(2, 40) }),
  result: AddressAlias,
  status: 201,
  replayStatus: 200,
  errors: ['registry.dwelling_unknown', 'registry.alias_invalid', 'registry.aliases_full'],
})

export const endAlias = endpoint({
  method: 'POST',
  path: '/addresses/:addressId/aliases/:aliasId/end',
  summary: '不再用的别名',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ addressId: Id, aliasId: Id }),
  body: z.object({ requestId: RequestId }),
  result: AddressAlias,
  errors: ['registry.dwelling_unknown', 'registry.alias_unknown'],
})
