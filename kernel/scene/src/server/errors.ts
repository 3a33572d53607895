import { defineErrors } from '@linli/base/define'

export const SceneError = defineErrors('scene', { unknown: 404 })
