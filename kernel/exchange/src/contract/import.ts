import { Cursor, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { ImportMapping } from './import-mapping.ts'

export const ImportState = z.enum(['draft', 'queued', 'running', 'done', 'failed', 'canceled', 'undoing', 'undone'])

const Count = z.number().int()

/** One file brought in by one mapping, and what became of its rows. */
export const ImportBatch = z.object({
  batchId: Id,
  /** DR-20260302-000017. */
  number: z.string(),
  fileName: z.string(),
  byName: z.string().nullable(),
  source: z.string().nullable(),
  target: z.string().nullable(),
  mapping: ImportMapping.nullable(),
  mode: z.enum(['each', 'whole']),
  state: ImportState,
  reason: z.enum(['by-person', 'rows-refused', 'file-unreadable', 'post-ended', 'interrupted', 'fault']).nullable(),
  reasonDetail: z.string().nullable(),
  rowsDone: Count,
  /** Share of the file that was read, 0 to 1. */
  share: z.number(),
  added: Count,
  there: Count,
  changed: Count,
  refused: Count,
  agreeing: Count,
  differing: Count,
  removed: Count,
  kept: Count.nullable(),
  keptNumbers: z.array(z.string()),
  madeAt: Instant,
  finishedAt: Instant.nullable(),
  undoneAt: Instant.nullable(),
  isFileThere: z.boolean(),
})
export type ImportBatch = z.infer<typeof ImportBatch>

const Words = z.object({ zh: z.string(), en: z.string() })
const Option = Words.extend({ value: z.string() })
export const ImportTarget = Words.extend({
  key: z.string(),
  variants: z.array(
    Words.extend({
      key: z.string(),
      fields: z.array(
        Words.extend({
          key: z.string(),
          kind: z.enum(['text', 'code', 'instant', 'number', 'choice', 'yesNo', 'area']),
          isRequired: z.boolean(),
          options: z.array(Option),
          calledToo: z.array(z.string()),
          note: Words.nullable(),
        }),
      ),
      options: z.array(Words.extend({ key: z.string(), usual: z.string(), values: z.array(Option) })),
    }),
  ),
})
export type ImportTarget = z.infer<typeof ImportTarget>

const Problem = z.object({
  code: z.string(),
  field: z.string().nullable(),
  column: z.string().nullable(),
  rows: Count,
  /** What is wrong and what to do, in both languages. */
  zh: z.string(),
  en: z.string(),
  examples: z.array(z.object({ line: Count, value: z.string().nullable() })),
})

export const ImportPreview = z.object({
  rows: Count,
  isWhole: z.boolean(),
  added: Count,
  there: Count,
  changed: Count,
  refused: Count,
  agreeing: Count,
  differing: Count,
  kind: z.enum(['csv', 'xlsx']),
  encoding: z.enum(['utf-8', 'gb18030']),
  first: z.array(z.object({ line: Count, values: z.record(z.string(), z.string()) })),
  problems: z.array(Problem),
})
export type ImportPreview = z.infer<typeof ImportPreview>

const params = z.object({ batchId: Id })
const permission = 'exchange.import'

export const listImportTargets = endpoint({
  method: 'GET',
  path: '/imports/targets',
  summary: '能导入什么、有哪些字段',
  permission,
  result: z.object({ items: z.array(ImportTarget) }),
})

/** `multipart/form-data` with one file part: CSV (UTF-8 or GB18030, packed or not) or a workbook, at most 50 MB. */
export const bringImportFile = endpoint({
  method: 'POST',
  path: '/imports',
  summary: '上传要导入的文件（还不导入）',
  permission,
  rate: 30,
  result: z.object({ batch: ImportBatch, headers: z.array(z.string()), sample: z.array(z.array(z.string())), sheets: z.array(z.string()) }),
  status: 201,
  errors: ['exchange.file_missing', 'exchange.file_too_large', 'exchange.file_unreadable', 'exchange.too_many_waiting'],
})

export const listImports = endpoint({
  method: 'GET',
  path: '/imports',
  summary: '本区域的导入批次',
  permission,
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30), cursor: Cursor.optional() }),
  result: page(ImportBatch),
})

export const getImport = endpoint({
  method: 'GET',
  path: '/imports/:batchId',
  summary: '一个批次的进度',
  permission,
  params,
  result: ImportBatch,
  errors: ['exchange.not_found'],
})

export const previewImport = endpoint({
  method: 'POST',
  path: '/imports/:batchId/preview',
  summary: '按映射试导：会变成什么、哪些行有错，什么都不写',
  permission,
  rate: 60,
  params,
  body: z.object({ mapping: ImportMapping }),
  result: ImportPreview,
  errors: ['exchange.not_found', 'exchange.already_ended', 'exchange.file_gone', 'exchange.mapping_wrong'],
})

export const startImport = endpoint({
  method: 'POST',
  path: '/imports/:batchId/start',
  summary: '开始导入（后台任务）',
  permission,
  idempotent: true,
  params,
  body: z.object({ requestId: RequestId, mapping: ImportMapping, mode: z.enum(['each', 'whole']) }),
  result: ImportBatch,
  status: 202,
  replayStatus: 200,
  errors: ['exchange.not_found', 'exchange.already_ended', 'exchange.mapping_wrong', 'exchange.file_gone'],
})

export const cancelImport = endpoint({
  method: 'POST',
  path: '/imports/:batchId/cancel',
  summary: '停止导入；已导入的留着，可以撤销',
  permission,
  idempotent: true,
  params,
  body: z.object({ requestId: RequestId }),
  result: ImportBatch,
  errors: ['exchange.not_found', 'exchange.already_ended'],
})

export const undoImport = endpoint({
  method: 'POST',
  path: '/imports/:batchId/undo',
  summary: '撤销一个批次（后来有人办过的留下）',
  permission,
  idempotent: true,
  params,
  body: z.object({ requestId: RequestId, reason: text(2, 200) }),
  result: ImportBatch,
  status: 202,
  replayStatus: 200,
  errors: ['exchange.not_found', 'exchange.already_ended'],
})

/** The answer is a CSV file. */
export const readImportFaults = endpoint({
  method: 'GET',
  path: '/imports/:batchId/faults',
  summary: '下载没导入的行，改好可以再导',
  permission,
  params,
  query: z.object({ lang: z.enum(['zh', 'en']).default('zh') }),
  result: z.unknown(),
  errors: ['exchange.not_found', 'exchange.already_ended', 'exchange.file_gone'],
})
