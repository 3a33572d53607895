import type { AreaRow } from '@linli/access/server'
import type { Ctx, ServeDeps } from '@linli/base/server'

/** What the registry needs from the rest, wired once in `apps/server`. */
export interface RegistryDeps extends ServeDeps {
  findArea(ctx: Ctx, codeOrId: string): Promise<AreaRow | undefined>
}
