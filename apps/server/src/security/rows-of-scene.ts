import { areaKeys, insertInto, now, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, idOf } from './world.ts'

const flip = (area: AreaKey, madeBy: string | null, switchNo?: number) =>
  insertInto('scene.scene_switch', {
    ...(switchNo && { switch_no: switchNo }),
    scene_key: 'lamps',
    area_id: areas[area].areaId,
    area_path: '/',
    is_on: false,
    reason: '试行',
    made_by: madeBy,
    made_at: now,
  })

export const sceneRows: Record<string, TableRows> = {
  'scene.scene_switch': {
    set: 'is_on = true',
    rows: areaKeys.map((area, index) => ({
      facts: { area },
      key: `switch_no = ${1_000_000 + index}`,
      seed: flip(area, null, 1_000_000 + index),
      insert: (subject) => flip(area, subject.accountId),
      forge: { maker: () => flip(area, idOf('account', 'newcomer')) },
    })),
  },
}
