import { endpoint, Id, Instant, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

const Corner = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const isClosed = (ring: readonly (readonly [number, number])[]): boolean =>
  ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1]
const Ring = z.array(Corner).min(4, '至少三个角').max(400).refine(isClosed, '起点和终点要重合')

/** GeoJSON, longitude and latitude in CGCS2000. */
export const Boundary = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1).max(20) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1).max(20)).min(1).max(20) }),
])

/** Somebody on duty in a cell, and who stands in for him today. */
export const CellWorker = z.object({
  postId: Id,
  name: z.string(),
  role: z.string(),
  roleName: z.string(),
  deputy: z.object({ name: z.string(), until: z.iso.date() }).nullable(),
})
export type CellWorker = z.infer<typeof CellWorker>

export const Cell = z.object({
  cellId: Id,
  code: z.string(),
  name: z.string(),
  boundary: Boundary.nullable(),
  workers: z.array(CellWorker),
})
export type Cell = z.infer<typeof Cell>

/** How a community is divided now. `version` counts its changes: whoever changes it says which one he saw. */
export const CommunityCells = z.object({
  communityId: Id,
  code: z.string(),
  name: z.string(),
  townshipName: z.string().nullable(),
  boundary: Boundary.nullable(),
  version: z.number().int(),
  mayDraw: z.boolean(),
  cells: z.array(Cell),
  buildings: z.array(z.object({ buildingId: Id, cellId: Id, name: z.string(), lon: z.number(), lat: z.number() })),
})
export type CommunityCells = z.infer<typeof CommunityCells>

export const getCells = endpoint({
  method: 'GET',
  path: '/communities/:communityId/cells',
  summary: '一个社区的网格、边界、楼栋和网格员',
  permission: 'access.viewCells',
  params: z.object({ communityId: Id }),
  result: CommunityCells,
  errors: ['access.area_unknown', 'access.area_forbidden'],
})

/** What becomes of the cells: those that are new, redrawn or renamed, those that end, and the buildings that change hands. What is not named stays. */
const CellChange = z.object({
  expectedVersion: z.number().int().min(0),
  reason: text(2, 200),
  cells: z.array(z.object({ cellId: Id, name: text(2, 40), boundary: Boundary.nullable() })).max(100),
  ended: z
    .array(z.object({ cellId: Id, restTo: Id }))
    .max(100)
    .default([]),
  buildings: z
    .array(z.object({ buildingId: Id, cellId: Id }))
    .max(1000)
    .default([]),
})
export type CellChange = z.infer<typeof CellChange>

/** What goes from one cell to another, as a list that can be read without opening anything. */
export const HandoverItem = z.object({
  kind: z.string(),
  itemId: Id,
  /** A name or a number. */
  label: z.string(),
  note: z.string().nullable(),
  stage: z.string().nullable(),
  dueAt: Instant.nullable(),
  fromArea: z.string(),
  toArea: z.string(),
})
export type HandoverItem = z.infer<typeof HandoverItem>

export const HandoverSide = z.enum(['gives', 'takes', 'knows'])
export type HandoverSide = z.infer<typeof HandoverSide>

export const HandoverParty = z.object({
  side: HandoverSide,
  name: z.string(),
  roleName: z.string(),
  orgName: z.string(),
  areaName: z.string(),
})
export type HandoverParty = z.infer<typeof HandoverParty>

const changeErrors = [
  'access.area_unknown',
  'access.area_forbidden',
  'access.cells_changed',
  'access.cells_invalid',
  'access.cells_same',
] as const

/** What a change would do, before it is done: refused for the same reasons as the change itself. */
export const previewCellChange = endpoint({
  method: 'POST',
  path: '/communities/:communityId/cell-changes/preview',
  summary: '预览网格调整：哪些楼栋、多少未办结、涉及谁',
  permission: 'access.drawCells',
  params: z.object({ communityId: Id }),
  body: CellChange,
  result: z.object({
    made: z.array(z.string()),
    redrawn: z.array(z.string()),
    renamed: z.array(z.object({ from: z.string(), to: z.string() })),
    ended: z.array(z.string()),
    items: z.array(HandoverItem),
    parties: z.array(HandoverParty),
  }),
  errors: changeErrors,
})
export type CellChangePreview = z.infer<typeof previewCellChange.result>

export const changeCells = endpoint({
  method: 'POST',
  path: '/communities/:communityId/cell-changes',
  summary: '调整网格：一次定案，未办结的一并移交',
  permission: 'access.drawCells',
  idempotent: true,
  params: z.object({ communityId: Id }),
  body: CellChange.extend({ requestId: RequestId }),
  result: z.object({ changeId: Id, version: z.number().int(), handoverId: Id.nullable() }),
  status: 201,
  errors: changeErrors,
})

export const HandoverRow = z.object({
  handoverId: Id,
  cause: z.enum(['cells', 'post']),
  areaName: z.string(),
  reason: z.string(),
  madeAt: Instant,
  byName: z.string(),
  cases: z.number().int(),
  buildings: z.number().int(),
})
export type HandoverRow = z.infer<typeof HandoverRow>

export const listHandovers = endpoint({
  method: 'GET',
  path: '/handovers',
  summary: '交接清单，新的在前',
  permission: 'access.viewCells',
  query: z.object({ communityId: Id.optional(), before: Instant.optional() }),
  result: z.object({ items: z.array(HandoverRow), next: Instant.nullable() }),
})

export const getHandover = endpoint({
  method: 'GET',
  path: '/handovers/:handoverId',
  summary: '一份交接清单：谁把什么交给谁',
  permission: 'access.viewCells',
  params: z.object({ handoverId: Id }),
  result: HandoverRow.extend({ parties: z.array(HandoverParty), items: z.array(HandoverItem) }),
  errors: ['access.handover_unknown'],
})
