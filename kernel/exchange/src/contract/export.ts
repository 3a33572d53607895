import { Cursor, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

/** Key of an exportable list: `cases.list`. */
export const ListKey = z.string().regex(/^[a-z-]{1,40}\.[a-z-]{1,40}$/, '不是有效的列表')
/** A filter as the list's own address would have it; the list checks each word of it. */
export const ListFilter = z
  .record(z.string().regex(/^[A-Za-z]{1,40}$/, '不是有效的筛选项'), text(0, 200))
  .refine((filter) => Object.keys(filter).length <= 20, '筛选项太多')

export const ExportState = z.enum(['queued', 'running', 'done', 'failed', 'canceled', 'held'])
export type ExportState = z.infer<typeof ExportState>

export const ExportJob = z.object({
  exportId: Id,
  /** DC-20260302-000017; also in the file itself. */
  number: z.string(),
  list: z.string(),
  title: z.string(),
  format: z.enum(['xlsx', 'csv']),
  purpose: z.string(),
  state: ExportState,
  /** Why it failed or was canceled; null otherwise. */
  reason: z.enum(['by-person', 'refused', 'post-ended', 'interrupted', 'no-room', 'fault']).nullable(),
  /** Why it waits, or waited, for the security administrator. */
  heldFor: z.enum(['night', 'volume']).nullable(),
  decisionReason: z.string().nullable(),
  rowsDone: z.number().int(),
  /** As counted when it was asked for; while it runs the list may grow or shrink. */
  rowsExpected: z.number().int(),
  bytes: z.number().int().nullable(),
  downloads: z.number().int(),
  askedAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** Until when the file is handed out without being renewed. */
  linkUntil: Instant.nullable(),
  /** When the file is deleted; null before there is one. */
  keptUntil: Instant.nullable(),
  isFileThere: z.boolean(),
})
export type ExportJob = z.infer<typeof ExportJob>

const ExportParams = z.object({ exportId: Id })

export const askExport = endpoint({
  method: 'POST',
  path: '/exports',
  summary: '导出一个列表（后台任务，写明用途）',
  permission: 'exchange.export',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    list: ListKey,
    query: ListFilter.default({}),
    format: z.enum(['xlsx', 'csv']),
    purpose: text(2, 200),
    /** Keys of columns; all of them in the list's own order when absent. */
    columns: z.array(z.string().max(40)).min(1).max(40).optional(),
    /** Of the words of the file. */
    lang: z.enum(['zh', 'en']).default('zh'),
  }),
  result: ExportJob,
  status: 202,
  replayStatus: 200,
  errors: ['exchange.list_unknown', 'exchange.data_invalid', 'exchange.too_large', 'exchange.too_many_waiting', 'access.area_forbidden'],
})

export const listExports = endpoint({
  method: 'GET',
  path: '/exports',
  summary: '下载中心：本岗位的导出',
  permission: 'exchange.export',
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30), cursor: Cursor.optional() }),
  result: page(ExportJob),
})

export const getExport = endpoint({
  method: 'GET',
  path: '/exports/:exportId',
  summary: '一次导出的进度',
  permission: 'exchange.export',
  params: ExportParams,
  result: ExportJob,
  errors: ['exchange.not_found'],
})

export const cancelExport = endpoint({
  method: 'POST',
  path: '/exports/:exportId/cancel',
  summary: '取消导出',
  permission: 'exchange.export',
  idempotent: true,
  params: ExportParams,
  body: z.object({ requestId: RequestId }),
  result: ExportJob,
  errors: ['exchange.not_found', 'exchange.already_ended'],
})

export const renewExport = endpoint({
  method: 'POST',
  path: '/exports/:exportId/renew',
  summary: '下载期限过了，再开放一天',
  permission: 'exchange.export',
  idempotent: true,
  params: ExportParams,
  body: z.object({ requestId: RequestId }),
  result: ExportJob,
  errors: ['exchange.not_found', 'exchange.not_ready', 'exchange.file_gone'],
})

/** The answer is the file itself. */
export const readExportFile = endpoint({
  method: 'GET',
  path: '/exports/:exportId/file',
  summary: '下载导出的文件（每次下载都留痕）',
  permission: 'exchange.export',
  params: ExportParams,
  result: z.unknown(),
  errors: ['exchange.not_found', 'exchange.not_ready', 'exchange.link_expired', 'exchange.file_gone'],
})

/** An export that waits for the security administrator: who, what and how much, never what was searched for nor a row of it. */
export const HeldExport = ExportJob.pick({
  exportId: true,
  number: true,
  list: true,
  title: true,
  format: true,
  purpose: true,
  heldFor: true,
  rowsExpected: true,
  askedAt: true,
}).extend({ accountId: Id, byName: z.string(), orgName: z.string() })
export type HeldExport = z.infer<typeof HeldExport>

export const listHeldExports = endpoint({
  method: 'GET',
  path: '/exports/held',
  summary: '等安全管理员决定的导出',
  permission: 'exchange.decide',
  result: z.object({ items: z.array(HeldExport) }),
})

export const decideExport = endpoint({
  method: 'POST',
  path: '/exports/:exportId/decision',
  summary: '放行或不准一次导出（写明理由）',
  permission: 'exchange.decide',
  idempotent: true,
  params: ExportParams,
  body: z.object({ requestId: RequestId, release: z.boolean(), reason: text(2, 200) }),
  result: z.object({ exportId: Id, state: ExportState }),
  errors: ['exchange.not_found', 'exchange.already_ended'],
})
