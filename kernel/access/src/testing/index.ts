export * from './a-town.ts'
export type { TownArea, TownOrg, TownPost } from './town-plan.ts'
export * from './an-access.ts'
