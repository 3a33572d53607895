import { endpoint, Id, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

const Merging = z.object({ requestId: RequestId, expectedSeq: z.number().int().positive(), otherId: Id, reason: text(4, 200) })
const errors = ['registry.person_unknown', 'registry.person_changed', 'registry.data_invalid'] as const

export const mergePersons = endpoint({
  method: 'POST',
  path: '/persons/:personId/merge',
  summary: '并档：同一个人有两份档案，另一份并入这一份；内容留着，随时可以拆开',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id }),
  body: Merging,
  result: z.object({ personId: Id, seq: z.number().int() }),
  errors: [...errors],
})

export const unmergePersons = endpoint({
  method: 'POST',
  path: '/persons/:personId/unmerge',
  summary: '拆档：并错了，把另一份档案恢复原样',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id }),
  body: Merging,
  result: z.object({ personId: Id, seq: z.number().int() }),
  errors: [...errors],
})
