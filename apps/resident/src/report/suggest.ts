export interface Category {
  key: string
  name: string
  examples: readonly string[]
}

export interface Suggestion {
  saying: string
  category: string
}

/** Common sayings that resemble the words typed, best first; filled up with the commonest ones, which stand first in the list of categories. */
export function suggest(words: string, categories: readonly Category[], most = 5): Suggestion[] {
  const typed = pairs(words)
  const ranked = categories
    .flatMap((category) => category.examples.map((saying) => ({ saying, category: category.key, likeness: likeness(typed, words, saying) })))
    .filter((suggestion) => suggestion.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness)
  const others = categories.flatMap((category) => category.examples.map((saying) => ({ saying, category: category.key })))
  const seen = new Set<string>()
  return [...ranked, ...others]
    .filter(({ saying }) => !seen.has(saying) && seen.add(saying))
    .slice(0, most)
    .map(({ saying, category }) => ({ saying, category }))
}

/** Share of the saying's neighboring characters that were typed; a saying typed whole wins. */
function likeness(typed: ReadonlySet<string>, words: string, saying: string): number {
  if (words.includes(saying)) return 1 + saying.length
  const own = pairs(saying)
  let shared = 0
  for (const pair of own) if (typed.has(pair)) shared++
  return own.size > 0 ? shared / own.size : 0
}

function pairs(text: string): Set<string> {
  const letters = [...text.toLowerCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter))
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`))
}
