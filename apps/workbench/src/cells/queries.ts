import { type AnswerOf, call } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

export type CommunityCells = AnswerOf<'GET /communities/:communityId/cells'>
export type Cell = CommunityCells['cells'][number]
export type Preview = AnswerOf<'POST /communities/:communityId/cell-changes/preview'>
export type Handover = AnswerOf<'GET /handovers/:handoverId'>
export type HandoverRow = AnswerOf<'GET /handovers'>['items'][number]

export const cellsKey = 'cells'

export const cellsQuery = (communityId: string) =>
  queryOptions({
    queryKey: [cellsKey, communityId],
    queryFn: ({ signal }) => call('GET /communities/:communityId/cells', { params: { communityId } }, signal),
    staleTime: 30_000,
  })

export const handoversQuery = (communityId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['handovers', communityId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call('GET /handovers', { query: { ...(communityId ? { communityId } : {}), ...(pageParam ? { before: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const handoverQuery = (handoverId: string) =>
  queryOptions({
    queryKey: ['handover', handoverId],
    queryFn: ({ signal }) => call('GET /handovers/:handoverId', { params: { handoverId } }, signal),
  })

interface Place {
  areaId: string
  parentId: string | null
  name: string
  level: string
}

/** The communities of the area of a post, by township; for a post of a cell the community around it. */
export const communitiesQuery = (own: { areaId: string; areaCode: string; areaLevel: string }) =>
  queryOptions({
    queryKey: ['communities', own.areaId],
    queryFn: async ({ signal }): Promise<{ township: Place | undefined; communities: Place[] }[]> => {
      const list = async (query: { level?: 'township' | 'community'; parent?: string; code?: string }): Promise<Place[]> =>
        (await call('GET /public/areas', { query }, signal)).items
      if (own.areaLevel === 'cell' || own.areaLevel === 'community') {
        const code = own.areaLevel === 'cell' ? own.areaCode.slice(0, 12) : own.areaCode
        return [{ township: undefined, communities: (await list({ code })).filter(({ level }) => level === 'community') }]
      }
      const communities = await list({ parent: own.areaId, level: 'community' })
      const townships = own.areaLevel === 'township' ? [] : await list({ parent: own.areaId, level: 'township' })
      if (townships.length === 0) return [{ township: undefined, communities }]
      return townships.map((township) => ({ township, communities: communities.filter(({ parentId }) => parentId === township.areaId) }))
    },
    staleTime: 60 * 60_000,
  })
