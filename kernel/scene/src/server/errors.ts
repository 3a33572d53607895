import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../words/zh.ts'

export const SceneError = defineErrors('scene', { unknown: 404 }, refusalsZh)
