import { endpoint, Id, Instant, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { ListFilter, ListKey } from './export.ts'

/** A filter of a list under a name (常用视图). */
export const SavedView = z.object({
  viewId: Id,
  list: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  madeAt: Instant,
})
export type SavedView = z.infer<typeof SavedView>

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  summary: '本人在一个列表上存的常用视图',
  permission: 'signed-in',
  query: z.object({ list: ListKey }),
  result: z.object({ items: z.array(SavedView) }),
})

export const saveView = endpoint({
  method: 'POST',
  path: '/views',
  summary: '把现在的筛选存成常用视图',
  permission: 'signed-in',
  idempotent: true,
  body: z.object({ requestId: RequestId, list: ListKey, name: text(1, 20), query: ListFilter }),
  result: SavedView,
  status: 201,
  replayStatus: 200,
  errors: ['exchange.list_unknown', 'exchange.data_invalid', 'exchange.view_name_taken', 'exchange.too_many_views'],
})

export const deleteView = endpoint({
  method: 'DELETE',
  path: '/views/:viewId',
  summary: '删掉一个常用视图',
  permission: 'signed-in',
  params: z.object({ viewId: Id }),
  result: z.undefined(),
  status: 204,
  errors: ['exchange.view_unknown'],
})
