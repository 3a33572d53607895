import type { Ctx } from '@linli/base/server'
import type { ResidentMe } from '../../contract/resident.ts'

/** What signing a resident in needs of engines to the right, wired in `apps/server`. */
export interface ResidentSlots {
  /** Sends a code, once per `codeId`; in the transaction that made it. As system. */
  sendCode(system: Ctx, code: { codeId: string; phone: string; code: string; lang: 'zh' | 'en' }): Promise<unknown>
  /** The one person whose file bears this number, or undefined. As system. */
  findPerson(system: Ctx, phone: string): Promise<string | undefined>
  /** A person as the person may be greeted on a screen: masked. As system. */
  describe(system: Ctx, personId: string): Promise<Pick<ResidentMe, 'name' | 'community'> | undefined>
}
