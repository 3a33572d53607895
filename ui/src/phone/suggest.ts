export interface Category {
  key: string
  name: string
  examples: readonly string[]
}

export interface Suggestion {
  saying: string
  category: string
}

/**
 * Common sayings that resemble the words typed, best first; filled up with the commonest ones, which stand first in the list of categories.
 * `name` says a saying in the language of the page: words typed in that language are compared with it.
 */
export function suggest(words: string, categories: readonly Category[], name = (saying: string): string => saying, most = 5): Suggestion[] {
  const spoken = /\p{Script=Han}/u.test(words) ? (saying: string): string => saying : (saying: string): string => name(saying).toLowerCase()
  const all = categories.flatMap((category) => category.examples.map((saying) => ({ saying, category: category.key })))
  const typed = new Set(pairs(words))
  const rarity = rarities(all.map(({ saying }) => spoken(saying)))
  const ranked = all
    .map((suggestion) => ({ ...suggestion, likeness: likeness(typed, words.toLowerCase(), spoken(suggestion.saying), rarity) }))
    .filter((suggestion) => suggestion.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness)
  const seen = new Set<string>()
  return [...ranked, ...all]
    .filter(({ saying }) => !seen.has(saying) && seen.add(saying))
    .slice(0, most)
    .map(({ saying, category }) => ({ saying, category }))
}

/**
 * Weighted share of the saying's neighboring characters that were typed; a saying typed whole wins. What a saying begins with is what it
 * is about (路灯 in 路灯不亮) and counts double; what many sayings share (坏了) counts little.
 */
function likeness(typed: ReadonlySet<string>, words: string, saying: string, rarity: ReadonlyMap<string, number>): number {
  if (words.includes(saying)) return 1 + saying.length
  let shared = 0
  let total = 0
  for (const [index, pair] of pairs(saying).entries()) {
    const weight = (rarity.get(pair) ?? 1) * (index === 0 ? 2 : 1)
    total += weight
    if (typed.has(pair)) shared += weight
  }
  return total > 0 ? shared / total : 0
}

function rarities(sayings: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const saying of sayings) for (const pair of pairs(saying)) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  return new Map([...counts].map(([pair, count]) => [pair, 1 / count]))
}

function pairs(text: string): string[] {
  const letters = [...text.toLowerCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`)
}
