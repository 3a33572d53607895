import type { CaseType } from '@linli/cases/define'
import type { MessageTemplate } from '@linli/messages/define'
import type { Ladder, Rule } from '@linli/signals/define'

/** A first-level category with the words people use for it; the routing suggestion and the resident's chips read them. */
export interface SceneCategory {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly examples: readonly string[]
  /** Of the examples those that are about a place that all share and point at nobody: only of these a neighbor is told that somebody has said so. */
  readonly sharedSayings?: readonly string[]
}

/** A pack: everything a field of work needs, as data. */
export interface Scene {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly because: string
  readonly caseTypes: readonly CaseType[]
  readonly categories: readonly SceneCategory[]
  readonly messages: readonly MessageTemplate[]
  /** Alarms from signals of devices, and who is told of them. */
  readonly rules?: readonly Rule[]
  readonly ladders?: readonly Ladder[]
  /**
   * English for every text of the definitions, by `stage.<key>`, `public.stage.<key>`, `move.<key>`, `public.move.<key>`, `field.<key>`,
   * `option.<field>.<value>`, `clock.<key>`, `category.<key>`, `type.<key>`, `rule.<key>`, `ladder.<key>`, `rung.<Chinese text>`, `saying.<Chinese text>` for what people say, and
   * `note.<Chinese text>` for hints and reasons.
   */
  readonly en: Readonly<Record<string, string>>
}

export function defineScene(scene: Scene): Scene {
  return scene
}
