import { endpoint, Id, page, RequestId, text } from '@linli/base/contract'
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
