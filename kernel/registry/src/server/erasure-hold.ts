import type { Ctx } from '@linli/base/server'

/** Something of another engine that must end before a file may go, wired in `apps/server`: an alarm without its person helps nobody. */
export interface ErasureHold {
  /** In Chinese, of so many. */
  readonly said: (count: number) => string
  /** How many there are about a person, under every id that the file has had. As system. */
  count(system: Ctx, personIds: readonly string[]): Promise<number>
}
