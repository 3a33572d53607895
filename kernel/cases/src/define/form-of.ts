import type { FormDefinition } from '@linli/forms/define'
import type { Fact, Move } from './case-type.ts'
import { isFact } from './fold.ts'

/** The form of a move as this case is to fill it: what its facts demand is required, with the basis. */
export function formOf(move: Move, facts: Readonly<Record<Fact, string | null>>): FormDefinition | undefined {
  const demands = (move.requires ?? []).filter(({ when }) => isFact(facts, when))
  if (!move.form || demands.length === 0) return move.form
  return {
    fields: move.form.fields.map((field) => {
      const demand = demands.find((one) => one.field === field.key)
      return demand ? { ...field, required: true as const, basis: demand.basis } : field
    }),
  }
}
