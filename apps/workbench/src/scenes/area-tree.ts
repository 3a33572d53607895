import { call } from '@linli/ui/client'
import type { PickOption } from '@linli/ui/desk'
import { queryOptions } from '@tanstack/react-query'
import type { SceneRow } from '../api/queries.ts'

export interface TreeArea {
  areaId: string
  parentId: string | null
  name: string
}

/** An area and everything below it, itself first. */
export interface AreaTree {
  root: TreeArea
  below: readonly TreeArea[]
}

/** Areas are few and change with the division of the county: read whole, once an hour. */
export const areaTreeQuery = (root: { areaId: string; name: string }) =>
  queryOptions({
    queryKey: ['area-tree', root.areaId],
    queryFn: async ({ signal }): Promise<AreaTree> => {
      const levels = await Promise.all(
        (['township', 'community', 'cell'] as const).map((level) => call('GET /public/areas', { query: { level } }, signal)),
      )
      return treeOf(
        { ...root, parentId: null },
        levels.flatMap(({ items }) => items),
      )
    },
    staleTime: 60 * 60_000,
  })

/** `areas` from the top level down: what hangs on the root stays, other counties of the same platform do not. */
export function treeOf(root: TreeArea, areas: readonly TreeArea[]): AreaTree {
  const inside = new Set([root.areaId])
  const below = areas.filter(({ areaId, parentId }) => parentId !== null && inside.has(parentId) && inside.add(areaId))
  return { root, below }
}

/** Areas by name, each with what it lies in: every community has a first cell. */
export function findAreas({ root, below }: AreaTree, words: string): PickOption[] {
  const nameOf = new Map([root, ...below].map(({ areaId, name }) => [areaId, name]))
  return [root, ...below]
    .filter(({ name }) => name.includes(words.trim()))
    .slice(0, 60)
    .map(({ areaId, parentId, name }) => ({ id: areaId, label: name, note: nameOf.get(parentId ?? '') ?? '' }))
}

/** Whether a scene is on in an area of the tree: the nearest decision at or above it, as the server says it. */
export function isOnIn(tree: AreaTree, scene: Pick<SceneRow, 'isOn' | 'switches'>, areaId: string): boolean {
  const parents = new Map(tree.below.map((area) => [area.areaId, area.parentId]))
  for (let at: string | null = areaId; at && at !== tree.root.areaId; at = parents.get(at) ?? null) {
    const decided = scene.switches.find((one) => one.areaId === at)
    if (decided) return decided.isOn
  }
  return scene.isOn
}

/** Areas strictly inside that keep what was decided for them, whatever is decided for this one. */
export function keptInside(tree: AreaTree, scene: Pick<SceneRow, 'switches'>, areaId: string, isOn: boolean): string[] {
  const inside = new Set(treeOf({ areaId, parentId: null, name: '' }, tree.below).below.map((area) => area.areaId))
  return scene.switches.filter((one) => inside.has(one.areaId) && one.isOn !== isOn).map((one) => one.areaName)
}
