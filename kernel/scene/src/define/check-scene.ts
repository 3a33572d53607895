import { checkCaseType } from '@linli/cases/define'
import { checkLadder, checkRule } from '@linli/signals/define'
import type { Scene } from './define-scene.ts'
import { labelsOf } from './labels.ts'

/** What is wrong with a pack, as sentences: every case type runs, every text has its English, every message that is named is there. */
export function checkScene(scene: Scene): string[] {
  const problems = scene.caseTypes.flatMap((type) => checkCaseType(type))
  if (!scene.because) problems.push(`${scene.key}: has no basis (because)`)
  return [...problems, ...checkKeys(scene), ...checkAlarms(scene), ...checkEnglish(scene), ...checkMessages(scene)]
}

/** Over all packs: each of them alone, and nothing declared twice. */
export function checkScenes(scenes: readonly Scene[]): string[] {
  const problems = scenes.flatMap((scene) => checkScene(scene))
  const seen = new Map<string, string>()
  for (const scene of scenes) {
    for (const key of [
      scene.key,
      ...scene.caseTypes.map(({ key }) => key),
      ...scene.messages.map(({ key }) => key),
      ...(scene.rules ?? []).map(({ key }) => key),
      ...(scene.ladders ?? []).map(({ key }) => key),
      ...scene.categories.map(({ key }) => key),
    ]) {
      const other = seen.get(key)
      if (other !== undefined) problems.push(`${scene.key}: ${key} is already declared by ${other}`)
      seen.set(key, scene.key)
    }
  }
  return [...problems, ...checkSharedWords(scenes)]
}

/** Pages find the words of all packs by key: one key says the same in each, in both languages. */
function checkSharedWords(scenes: readonly Scene[]): string[] {
  const said = new Map<string, { scene: string; zh: string; en: string | undefined }>()
  const problems: string[] = []
  for (const scene of scenes) {
    for (const [key, zh] of labelsOf(scene)) {
      const other = said.get(key)
      const en = scene.en[key]
      // Two forms may call a field what fits them, in one pack too; the Chinese comes with the form, and the English fits both.
      const isCalledTwice = other !== undefined && other.zh !== zh && !key.startsWith('field.')
      if (isCalledTwice) problems.push(`${scene.key}: ${key} is called ${zh} here and ${other.zh} in ${other.scene}`)
      else if (other && other.en !== en) problems.push(`${scene.key}: ${key} is called ${en} here and ${other.en} in ${other.scene}`)
      else said.set(key, { scene: scene.key, zh, en })
    }
  }
  return problems
}

/** Keys say whose they are: `scene.thing`, both in kebab-case. */
function checkKeys(scene: Scene): string[] {
  const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
  const problems = kebab.test(scene.key) ? [] : [`${scene.key}: the key of a scene is kebab-case`]
  for (const { key } of [...scene.caseTypes, ...scene.messages, ...(scene.rules ?? []), ...(scene.ladders ?? [])]) {
    const [owner, thing, ...rest] = key.split('.')
    if (owner !== scene.key || !thing || !kebab.test(thing) || rest.length > 0)
      problems.push(`${scene.key}: ${key} is not a key of the form ${scene.key}.thing`)
  }
  for (const { key } of scene.categories) if (!kebab.test(key)) problems.push(`${scene.key}: the category ${key} is not kebab-case`)
  for (const { key, examples, sharedSayings = [] } of scene.categories)
    for (const saying of sharedSayings)
      if (!examples.includes(saying)) problems.push(`${scene.key}: ${key} shares ${saying}, which is none of its examples`)
  return problems
}

/** A rule climbs a ladder of its own pack: a pack that is switched off takes both along. */
function checkAlarms({ rules = [], ladders = [] }: Scene): string[] {
  const keys = new Set(ladders.map(({ key }) => key))
  return [...rules.flatMap((rule) => checkRule(rule, keys)), ...ladders.flatMap(checkLadder)]
}

const hasChinese = /\p{Script=Han}/u

function checkEnglish(scene: Scene): string[] {
  const labels = labelsOf(scene)
  const problems: string[] = []
  for (const [key, text] of labels) {
    const english = scene.en[key]
    if (!english) problems.push(`${scene.key}: no English for ${key}`)
    else if (hasChinese.test(english)) problems.push(`${scene.key}: the English for ${key} is Chinese`)
    else problems.push(...checkBlanks(scene, key, text, english))
  }
  for (const key of Object.keys(scene.en)) if (!labels.has(key)) problems.push(`${scene.key}: English for ${key}, which nothing is called`)
  return problems
}

/** Every text that a step or a notice tells is there, and none is there that nobody tells. */
function checkMessages(scene: Scene): string[] {
  const messages = new Set(scene.messages.map(({ key }) => key))
  const told = new Set<string>()
  const problems: string[] = []
  const tells = (teller: string, template: string | undefined): void => {
    if (!template) return
    told.add(template)
    if (!messages.has(template)) problems.push(`${teller} names the unknown message ${template}`)
  }
  for (const type of scene.caseTypes) {
    for (const { template } of type.openingTells ?? []) tells(`${type.key}: the opening`, template)
    tells(`${type.key}: the beginning of a part`, type.taskTells)
    for (const { key, tells: told, toWhen } of type.moves) {
      tells(`${type.key}: move ${key}`, told?.template)
      for (const branch of toWhen ?? []) tells(`${type.key}: move ${key}`, branch.tells?.template)
    }
    for (const { level, template } of type.notices) tells(`${type.key}: notice ${level}`, template)
  }
  for (const { key, en } of scene.messages) {
    if (!told.has(key)) problems.push(`${scene.key}: nothing tells the message ${key}`)
    if (hasChinese.test(en)) problems.push(`${scene.key}: the English of the message ${key} is Chinese`)
  }
  return problems
}

/** Both languages fill the same blanks. */
function checkBlanks(scene: Scene, key: string, zh: string, en: string): string[] {
  const blanks = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ')
  return blanks(zh) === blanks(en)
    ? []
    : [`${scene.key}: ${key} fills ${blanks(zh) || 'nothing'} in Chinese and ${blanks(en) || 'nothing'} in English`]
}
