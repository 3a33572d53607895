import { AccountError, findArea } from '@linli/access/server'
import { type Ctx, sql } from '@linli/base/server'
import type { SceneRow } from '../contract/scene.ts'
import { SceneError } from './errors.ts'
import { viewScene } from './list-scenes.ts'
import type { LoadedScenes } from './load-scenes.ts'

export interface SwitchRequest {
  key: string
  areaId: string
  isOn: boolean
  reason: string
}

/** Switches a scene on or off in an area and below it. Off hides it and stops new openings and reminders there; open cases are finished as before. */
export async function switchScene(ctx: Ctx, loaded: LoadedScenes, { key, areaId, isOn, reason }: SwitchRequest): Promise<SceneRow> {
  const scene = loaded.scenes.find((other) => other.key === key)
  if (!scene) throw SceneError('unknown')
  const area = await findArea(ctx, areaId)
  if (!area) throw AccountError('area_unknown', { fields: [{ path: 'areaId', message: '请从列表里选' }] })
  if (!ctx.actor.areaPath || !area.areaPath.startsWith(ctx.actor.areaPath)) {
    throw AccountError('area_forbidden', { detail: '只能开关自己辖区内的', fields: [{ path: 'areaId', message: '请选自己辖区内的' }] })
  }
  await ctx.run(sql`
    INSERT INTO scene.scene_switch (scene_key, area_id, is_on, reason, made_by, made_at)
    VALUES (${key}, ${areaId}::uuid, ${isOn}, ${reason}, ${ctx.actor.accountId}::uuid, ${ctx.now})`)
  ctx.emit('scene.switched', { scene: key, areaPath: area.areaPath, isOn })
  ctx.audit({ action: 'scene.switch', subjectKind: 'scene', subjectId: key, areaPath: area.areaPath, purpose: reason, detail: { isOn } })
  // This process knows at once; the others reread within a second.
  ctx.afterCommit(() => loaded.switches.note(key, area.areaPath, isOn))
  const row = await viewScene(ctx, loaded, scene)
  return area.areaPath === ctx.actor.areaPath ? { ...row, isOn } : row
}
