import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../words/zh.ts'

export const CaseError = defineErrors(
  'case',
  {
    topic_unknown: 404,
    topic_changed: 409,
    topic_act_forbidden: 409,
    not_found: 404,
    type_unknown: 422,
    category_unknown: 422,
    attachment_unknown: 422,
    data_invalid: 422,
    move_unknown: 404,
    move_forbidden: 403,
    changed: 409,
    rating_early: 409,
    rating_given: 409,
    reporter_sealed: 403,
    reveal_exhausted: 429,
    receipt_unavailable: 403,
    tries_exhausted: 429,
    duty_withdrawn: 422,
    duty_unknown: 404,
    duty_changed: 409,
    duty_pending: 409,
    duty_ended: 409,
    duty_change_unknown: 404,
    duty_change_decided: 409,
    duty_own_proposal: 403,
  },
  refusalsZh,
)

/** The form was filled wrongly; each field says what to do. */
export const wrongData = (...fields: { path: string; message: string }[]) => CaseError('data_invalid', { fields })
