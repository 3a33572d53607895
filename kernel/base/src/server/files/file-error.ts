import { refusalsZh } from '../../words/zh.ts'
import { defineErrors } from '../errors.ts'

export const FileError = defineErrors(
  'file',
  {
    missing: 400,
    damaged: 422,
    type_refused: 415,
    too_large: 413,
    not_found: 404,
    no_room: 503,
  },
  refusalsZh,
)
