import type { AreaRow } from '@linli/access/server'
import type { Actor, Adoption, Ctx, ServeDeps } from '@linli/base/server'
import type { ErasureHold } from './erasure-hold.ts'
import type { ProfileSlot } from './profile-sections.ts'

/** What the registry needs from the rest, wired once in `apps/server`. */
export interface RegistryDeps extends ServeDeps {
  findArea(ctx: Ctx, codeOrId: string): Promise<AreaRow | undefined>
  /** Makes uploads part of their owner: all or none; false when one of them is not there, or not of whoever sent it. */
  adoptFiles(ctx: Ctx, adoption: Adoption, by: Pick<Actor, 'sender'>): Promise<boolean>
  /** Sections of the profile that engines to the right fill. */
  sections: readonly ProfileSlot[]
  /** And of the page of a dwelling. */
  dwellingSections: readonly ProfileSlot[]
  /** What keeps a file from being erased yet. */
  erasureHolds: readonly ErasureHold[]
}
