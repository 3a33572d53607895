import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../../words/zh.ts'

export const MessageError = defineErrors(
  'messages',
  { channel_unknown: 404, data_invalid: 422, delivery_settled: 409, delivery_unknown: 404, receipt_unsigned: 403 },
  refusalsZh,
)
