/** Where something stands in the tree of areas. */
export interface Place {
  areaId: string
  areaPath: string
  countyId: string | null
  townshipId: string | null
  communityId: string | null
  cellId: string | null
}
