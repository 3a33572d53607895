import { endpoint, Id, Instant, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

/** One decision to switch a scene on or off in an area and below it. */
export const SceneSwitch = z.object({
  areaId: Id,
  areaName: z.string(),
  isOn: z.boolean(),
  reason: z.string(),
  madeAt: Instant,
  byName: z.string().nullable(),
})
export type SceneSwitch = z.infer<typeof SceneSwitch>

/** A scene as it stands for the acting post. What is off has no place in the menu; its open cases can still be finished. */
export const SceneRow = z.object({
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  because: z.string(),
  /** Of the matters that it has rules for. */
  kinds: z.array(z.string()),
  /** In the area of the acting post. */
  isOn: z.boolean(),
  /** The decisions in force inside and above the area of the acting post, nearest to the root first. */
  switches: z.array(SceneSwitch),
})
export type SceneRow = z.infer<typeof SceneRow>

export const listScenes = endpoint({
  method: 'GET',
  path: '/scenes',
  summary: '场景与开关',
  permission: 'signed-in',
  result: z.object({ items: z.array(SceneRow) }),
})

export const switchScene = endpoint({
  method: 'POST',
  path: '/scenes/:key/switches',
  summary: '在一个区域打开或关闭场景（只在自己的辖区内）',
  permission: 'scene.switch',
  idempotent: true,
  params: z.object({ key: z.string().max(60) }),
  body: z.object({ requestId: RequestId, areaId: Id, isOn: z.boolean(), reason: text(2, 200) }),
  result: SceneRow,
  status: 201,
  replayStatus: 200,
  errors: ['scene.unknown', 'access.area_unknown', 'access.area_forbidden'],
})

/**
 * Texts of the definitions in one language, flat: `stage.<key>` and `public.stage.<key>`, `move.<key>` and `public.move.<key>` (with
 * `{blanks}`), `field.<key>`, `option.<field>.<value>`, `clock.<key>`, `category.<key>`, `type.<key>`, and `note.<Chinese text>` for
 * hints and reasons. Cases come with Chinese names; a portal in another language looks its words up here by key and shows the Chinese
 * where there is none. Public, since residents read them too.
 */
export const listLabels = endpoint({
  method: 'GET',
  path: '/public/scenes/labels',
  summary: '定义里的名称（中文、英文）',
  permission: 'public',
  query: z.object({ lang: z.enum(['zh', 'en']).default('en') }),
  result: z.object({ lang: z.enum(['zh', 'en']), labels: z.record(z.string(), z.string()) }),
})
