import { type AnswerOf, call } from '@linli/ui/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { homeArea } from '../kept/home-area.ts'

export type Area = AnswerOf<'GET /public/areas'>['items'][number]

const hour = 3_600_000

/** Communities with the name of the township they belong to, for the picker. */
export function useCommunities(enabled: boolean) {
  return useQuery({
    queryKey: ['communities'],
    enabled,
    staleTime: hour,
    queryFn: async () => {
      const [communities, townships] = await Promise.all([
        call('GET /public/areas', { query: { level: 'community' } }),
        call('GET /public/areas', { query: { level: 'township' } }),
      ])
      const names = new Map(townships.items.map((township) => [township.areaId, township.name]))
      return communities.items.map((area) => ({
        areaId: area.areaId,
        code: area.code,
        name: area.name,
        township: names.get(area.parentId ?? '') ?? '',
      }))
    },
  })
}

/** A link or a code on a doorplate may name the community (`?area=code`); with only one community there is nothing to ask. */
export function useAskedArea(code: string): void {
  const missing = homeArea.get() === null
  const { data } = useCommunities(missing || code !== '')
  useEffect(() => {
    if (!data) return
    const asked = data.find((area) => area.code === code) ?? (homeArea.get() === null && data.length === 1 ? data[0] : undefined)
    if (asked) homeArea.change(() => ({ areaId: asked.areaId, code: asked.code, name: asked.name }))
  }, [data, code])
}

/** Buildings of a community, and the outlines of its cells where they are known. */
export function usePlan(communityId: string | undefined) {
  return useQuery({
    queryKey: ['plan', communityId],
    enabled: communityId !== undefined,
    staleTime: hour,
    queryFn: async () => {
      const [buildings, cells] = await Promise.all([
        call('GET /public/buildings', { query: { communityId: communityId ?? '' } }),
        call('GET /public/areas', { query: { parent: communityId } }),
      ])
      return { buildings: buildings.items, outlines: cells.items.flatMap((cell) => ringsOf(cell.boundary)) }
    },
  })
}

/** Outer rings of a GeoJSON Polygon or MultiPolygon; anything else has none. */
export function ringsOf(boundary: unknown): [number, number][][] {
  const shape = boundary as { type?: string; coordinates?: unknown } | null
  if (shape?.type === 'Polygon') return [(shape.coordinates as [number, number][][])[0] ?? []]
  if (shape?.type === 'MultiPolygon') return (shape.coordinates as [number, number][][][]).map((polygon) => polygon[0] ?? [])
  return []
}
