import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../words/zh.ts'

export const SignalError = defineErrors(
  'signals',
  {
    device_unknown: 404,
    device_retired: 409,
    device_refused: 401,
    code_taken: 409,
    data_invalid: 422,
    message_quarantined: 422,
    message_unfit: 422,
    quarantine_unknown: 404,
    quarantine_decided: 409,
    episode_unknown: 404,
    rule_unknown: 404,
    episode_settled: 409,
    ladder_closed: 403,
    case_unopened: 409,
    resident_unplaced: 409,
    call_closed: 409,
    visit_required: 422,
  },
  refusalsZh,
)

export const wrongField = (path: string, message: string) => SignalError('data_invalid', { fields: [{ path, message }] })
