import type { CaseType } from '@linli/cases/define'
import type { Field } from '@linli/forms/define'
import type { Scene } from './define-scene.ts'

/** Every text of a pack's definitions with the key under which its English stands, in Chinese as declared. */
export function labelsOf(scene: Scene): Map<string, string> {
  const labels = new Map<string, string>()
  for (const { key, name, examples } of scene.categories) {
    labels.set(`category.${key}`, name)
    for (const saying of examples) labels.set(`saying.${saying}`, saying)
  }
  for (const type of scene.caseTypes) {
    labels.set(`type.${type.key}`, type.name)
    addStagesAndClocks(labels, type)
    for (const field of type.form.fields) addField(labels, field)
    for (const move of type.moves) {
      labels.set(`move.${move.key}`, move.name)
      if (move.publicText) labels.set(`public.move.${move.key}`, move.publicText)
      for (const { basis } of move.requires ?? []) labels.set(`note.${basis}`, basis)
      if (move.because) labels.set(`note.${move.because}`, move.because)
      for (const field of move.form?.fields ?? []) addField(labels, field)
    }
  }
  addAlarms(labels, scene)
  return labels
}

function addAlarms(labels: Map<string, string>, { rules = [], ladders = [] }: Scene): void {
  for (const { key, name, because, worse, calmer } of rules) {
    labels.set(`rule.${key}`, name)
    for (const note of [because, worse?.because, calmer?.because]) if (note) labels.set(`note.${note}`, note)
  }
  for (const { key, name, because, rungs } of ladders) {
    labels.set(`ladder.${key}`, name)
    labels.set(`note.${because}`, because)
    for (const rung of rungs) labels.set(`rung.${rung.name}`, rung.name)
  }
}

function addStagesAndClocks(labels: Map<string, string>, type: CaseType): void {
  for (const [key, stage] of Object.entries(type.stages)) {
    labels.set(`stage.${key}`, stage.name)
    labels.set(`public.stage.${key}`, stage.publicName)
  }
  for (const [key, clock] of Object.entries(type.clocks)) {
    labels.set(`clock.${key}`, clock.name)
    labels.set(`note.${clock.because}`, clock.because)
  }
}

/** A field that two forms share under one key has one English label: the first one's. */
function addField(labels: Map<string, string>, field: Field): void {
  if (!labels.has(`field.${field.key}`)) labels.set(`field.${field.key}`, field.label)
  for (const note of [field.hint, field.basis]) if (note) labels.set(`note.${note}`, note)
  if (field.type === 'choice') for (const option of field.options) labels.set(`option.${field.key}.${option.value}`, option.label)
}
