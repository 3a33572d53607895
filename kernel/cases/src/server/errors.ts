import { defineErrors } from '@linli/base/define'

export const CaseError = defineErrors('case', {
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
  tries_exhausted: 429,
})
