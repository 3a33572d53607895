import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../words/zh.ts'

/** What `access` refuses, beside the general refusals that `serve` makes on its behalf. */
export const AccountError = defineErrors(
  'access',
  {
    credentials_wrong: 401,
    code_wrong: 401,
    account_locked: 423,
    account_disabled: 403,
    account_unknown: 404,
    account_taken: 409,
    account_own: 403,
    password_weak: 422,
    post_unknown: 404,
    post_held: 409,
    organization_unknown: 422,
    role_unknown: 422,
    role_forbidden: 403,
    role_unfit: 422,
    role_separated: 409,
    area_unknown: 422,
    area_forbidden: 403,
    wall_forbidden: 403,
    cells_changed: 409,
    cells_invalid: 422,
    cells_same: 422,
    handover_unknown: 404,
    deputy_unknown: 404,
    deputy_unfit: 422,
    deputy_taken: 409,
  },
  refusalsZh,
)
