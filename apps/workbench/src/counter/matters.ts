import type { Category } from '../api/queries.ts'
import type { Intake } from './intake-form.ts'

/** One thing that the counter takes in: a category of a kind of work, or the kind where what it is will be said later. */
export interface Matter {
  kind: Intake['kind']
  category: string
  name: string
  /** What people say when they mean it. */
  examples: readonly string[]
}

export const idOf = ({ kind, category }: Pick<Matter, 'kind' | 'category'>): string => `${kind}:${category}`

interface Words {
  kind(kind: Intake['kind']): string
  category(category: Category): string
  later: string
}

/**
 * Everything that this window takes, of every kind of work in one list: whoever asks does not know which rulebook it falls under. A kind
 * whose scene is switched off at the place is not offered.
 */
export function listMatters(categories: readonly Category[], words: Words, closed: readonly Intake['kind'][] = []): Matter[] {
  // What is asked of a community has a form of its own.
  const named = categories.flatMap((category): Matter[] =>
    category.kind === 'assistance'
      ? []
      : [{ kind: category.kind, category: category.key, name: words.category(category), examples: category.examples }],
  )
  const all: Matter[] = [
    { kind: 'appeal', category: '', name: words.later, examples: [] },
    ...named,
    { kind: 'callOut', category: '', name: words.kind('callOut'), examples: [] },
  ]
  return all.filter(({ kind }) => !closed.includes(kind))
}

const most = 12

/** Those that have the words in their name, then those that have them in what people say; without words the first ones. */
export function findMatters(matters: readonly Matter[], words: string, kindName: (kind: Intake['kind']) => string): Matter[] {
  const wanted = words.trim().toLowerCase()
  if (!wanted) return matters.slice(0, most)
  const has = (text: string) => text.toLowerCase().includes(wanted)
  const rank = (matter: Matter): number => {
    if (has(matter.name)) return 0
    if (matter.examples.some(has)) return 1
    return has(kindName(matter.kind)) ? 2 : 3
  }
  return matters
    .map((matter) => ({ matter, at: rank(matter) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ matter }) => matter)
}
