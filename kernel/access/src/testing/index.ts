export * from './a-resident.ts'
export * from './a-town.ts'
export * from './an-access.ts'
export type { TownArea, TownOrg, TownPost } from './town-plan.ts'
