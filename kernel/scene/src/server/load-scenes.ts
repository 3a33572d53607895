import { type CaseCatalogue, createCatalogue } from '@linli/cases/server'
import { collectTemplates, type Templates } from '@linli/messages/define'
import { deviceKeepers, deviceLabels, deviceRules } from '@linli/signals/define'
import { openRuleBook, type RuleBook } from '@linli/signals/server'
import { checkScenes } from '../define/check-scene.ts'
import type { Scene } from '../define/define-scene.ts'
import { labelsOf } from '../define/labels.ts'
import type { SwitchBook } from './switch-book.ts'

/** The packs of this deployment, ready to be served. */
export interface LoadedScenes {
  readonly scenes: readonly Scene[]
  readonly catalogue: CaseCatalogue
  readonly templates: Templates
  readonly switches: SwitchBook
  readonly rules: RuleBook
  /** Texts of all definitions in one language, by the keys of `labelsOf`. */
  labels(lang: 'zh' | 'en'): Readonly<Record<string, string>>
}

/** Checks the packs against themselves and each other and builds what the engines need. Throws with every problem at once: half a pack is not started. */
export function loadScenes(scenes: readonly Scene[], { switches }: { switches: SwitchBook }): LoadedScenes {
  const problems = checkScenes(scenes)
  if (problems.length > 0) throw new Error(`scenes that do not fit:\n  ${problems.join('\n  ')}`)
  const sceneOf = new Map(scenes.flatMap((scene) => scene.caseTypes.map((type) => [type.key, scene.key] as const)))
  const labels = {
    zh: Object.assign({}, deviceLabels.zh, ...scenes.map((scene) => Object.fromEntries(labelsOf(scene)))),
    en: Object.assign({}, deviceLabels.en, ...scenes.map(({ en }) => en)),
  }
  return {
    scenes,
    switches,
    rules: openRuleBook({
      rules: [...deviceRules, ...scenes.flatMap(({ rules = [] }) => rules)],
      ladders: [deviceKeepers, ...scenes.flatMap(({ ladders = [] }) => ladders)],
      isOn: (ruleKey, areaPath) => switches.isOn(ruleKey.split('.')[0]!, areaPath),
    }),
    templates: collectTemplates(...scenes.map(({ messages }) => messages)),
    labels: (lang) => labels[lang],
    catalogue: createCatalogue(scenes, (typeKey, areaPath) => switches.isOn(sceneOf.get(typeKey) ?? '', areaPath)),
  }
}
