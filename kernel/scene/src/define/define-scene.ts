import { type CaseType, checkCaseType } from '@linli/cases/define'

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

/** A pack: everything a field of work needs, as data. */
export interface Scene {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly because: string
  readonly caseTypes: readonly CaseType[]
  readonly categories: readonly SceneCategory[]
  readonly messages: readonly SceneMessage[]
  /** English for every label of the definitions, by `stage.<key>`, `move.<key>`, `field.<key>`, `clock.<key>`, `option.<field>.<value>`, `category.<key>`. */
  readonly en: Readonly<Record<string, string>>
}

export function defineScene(scene: Scene): Scene {
  return scene
}

/** What is wrong with a pack, as sentences: every case type runs, every label has its English, every message that a notice names is there. */
export function checkScene(scene: Scene): string[] {
  const problems = scene.caseTypes.flatMap((type) => checkCaseType(type))
  if (!scene.because) problems.push(`${scene.key}: has no basis (because)`)
  for (const label of labelsOf(scene)) if (!scene.en[label]) problems.push(`${scene.key}: no English for ${label}`)
  const messages = new Set(scene.messages.map((message) => message.key))
  for (const type of scene.caseTypes) {
    const told = [type.openingTells, ...type.moves.map((move) => move.tells)]
    for (const tell of told) if (tell && !messages.has(tell.template)) problems.push(`${type.key}: tells by the unknown message ${tell.template}`)
    for (const notice of type.notices) if (!messages.has(notice.template)) problems.push(`${type.key}: notice ${notice.level} names the unknown message ${notice.template}`)
  }
  return problems
}

/** Over all packs: nothing is declared twice. */
export function checkScenes(scenes: readonly Scene[]): string[] {
  const seen = new Map<string, string>()
  const problems = scenes.flatMap((scene) => checkScene(scene))
  for (const scene of scenes) {
    const keys = [scene.key, ...scene.caseTypes.map((type) => type.key), ...scene.messages.map((message) => message.key)]
    for (const key of keys) {
      const other = seen.get(key)
      if (other) problems.push(`${scene.key}: ${key} is already declared by ${other}`)
      seen.set(key, scene.key)
    }
  }
  return problems
}

function labelsOf(scene: Scene): string[] {
  const labels = scene.categories.map((category) => `category.${category.key}`)
  for (const type of scene.caseTypes) {
    labels.push(...Object.keys(type.stages).map((key) => `stage.${key}`), ...Object.keys(type.clocks).map((key) => `clock.${key}`))
    for (const move of type.moves) {
      labels.push(`move.${move.key}`)
      for (const field of move.form?.fields ?? []) {
        labels.push(`field.${field.key}`)
        if (field.type === 'choice') labels.push(...field.options.map((option) => `option.${field.key}.${option.value}`))
      }
    }
  }
  return [...new Set(labels)]
}
