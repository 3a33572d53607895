import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { SceneRow } from '../contract/scene.ts'
import type { Scene } from '../define/define-scene.ts'
import type { LoadedScenes } from './load-scenes.ts'

interface SwitchRow {
  scene_key: string
  area_id: string
  area_name: string
  is_on: boolean
  reason: string
  made_at: Date
  by_name: string | null
}

/** Every installed scene with its switches around the acting post. */
export async function listScenes(ctx: Ctx, loaded: LoadedScenes): Promise<SceneRow[]> {
  const switches = await switchesAround(ctx)
  return loaded.scenes.map((scene) => sceneRow(ctx, loaded, scene, switches))
}

export async function viewScene(ctx: Ctx, loaded: LoadedScenes, scene: Scene): Promise<SceneRow> {
  return sceneRow(ctx, loaded, scene, await switchesAround(ctx))
}

function sceneRow(ctx: Ctx, loaded: LoadedScenes, scene: Scene, switches: SwitchRow[]): SceneRow {
  const { key, name, nameEn, because } = scene
  return {
    key,
    name,
    nameEn,
    because,
    kinds: [...new Set(scene.caseTypes.map(({ kind }) => kind))],
    isOn: loaded.switches.isOn(key, ctx.actor.areaPath ?? '/'),
    switches: switches
      .filter((row) => row.scene_key === key)
      .map((row) => ({
        areaId: row.area_id,
        areaName: row.area_name,
        isOn: row.is_on,
        reason: row.reason,
        madeAt: row.made_at.toISOString(),
        byName: row.by_name,
      })),
  }
}

/** The newest switch of each area that contains the acting post's area or lies in it. Names of those who decided need not be in the post's own organization. */
function switchesAround(ctx: Ctx): Promise<SwitchRow[]> {
  const areaPath = ctx.actor.areaPath ?? '/'
  return ctx.as(systemActor, (system) =>
    system.rows(sql<SwitchRow>`
      SELECT DISTINCT ON (s.area_path, s.scene_key) s.scene_key, s.area_id, area.name AS area_name, s.is_on, s.reason, s.made_at, account.display_name AS by_name
      FROM scene.scene_switch s JOIN access.area area USING (area_id) LEFT JOIN access.account account ON account.account_id = s.made_by
      WHERE starts_with(s.area_path, ${areaPath}) OR starts_with(${areaPath}, s.area_path)
      ORDER BY s.area_path, s.scene_key, s.switch_no DESC`),
  )
}
