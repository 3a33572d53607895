import type { CaseType } from '@linli/cases/define'

/** A first-level category with the words people use for it; the routing suggestion and the resident's chips read them. */
export interface SceneCategory {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly examples: readonly string[]
}

/** A text to a post; `{name}` is filled from the event. Never holds personal data. */
export interface SceneMessage {
  readonly key: string
  readonly zh: string
  readonly en: string
}

/** Which step of a case tells whom: the desk of its place, the unit that holds it, who handles it there, or who leads the desk. */
export interface SceneAnnouncement {
  readonly caseType: string
  /** `open`, or a move of the case type. */
  readonly move: string
  readonly tells: 'desk' | 'main' | 'handler' | 'lead'
  readonly template: string
}

/** A pack: everything a field of work needs, as data. */
export interface Scene {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly because: string
  readonly caseTypes: readonly CaseType[]
  readonly categories: readonly SceneCategory[]
  readonly messages: readonly SceneMessage[]
  readonly announcements: readonly SceneAnnouncement[]
  /**
   * English for every text of the definitions, by `stage.<key>`, `public.stage.<key>`, `move.<key>`, `public.move.<key>`, `field.<key>`,
   * `option.<field>.<value>`, `clock.<key>`, `category.<key>`, `type.<key>`, and `note.<Chinese text>` for hints and reasons.
   */
  readonly en: Readonly<Record<string, string>>
}

export function defineScene(scene: Scene): Scene {
  return scene
}
