import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../words/zh.ts'

export const ExchangeError = defineErrors(
  'exchange',
  {
    list_unknown: 404,
    data_invalid: 422,
    too_large: 409,
    too_many_waiting: 409,
    not_found: 404,
    already_ended: 409,
    not_ready: 409,
    link_expired: 410,
    file_gone: 410,
    view_unknown: 404,
    view_name_taken: 409,
    too_many_views: 409,
    mapping_wrong: 422,
    file_missing: 422,
    file_too_large: 413,
    file_unreadable: 422,
    backlog_unfit: 422,
    backlog_unplaced: 422,
    backlog_photo_lost: 422,
    backlog_unknown: 404,
    backlog_decided: 409,
    backlog_reason_missing: 422,
    backlog_refused: 409,
  },
  refusalsZh,
)
