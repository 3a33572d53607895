/** Courtesy and grammar, that everybody's words have in common. */
const idle =
  /您好|你们好|你好|谢谢|请尽快处理|希望早点解决|麻烦了|拜托了|等回复|尽快|已经|一个|我们|这里|那里|没有人|有人|[的了又很都也太]/gu
/** Numbers and what they count say where and how many, which is compared by itself. */
const counted = /[\d〇一二三四五六七八九十百千两]+\s*(?:号楼|号院|单元|栋|幢|座|号|楼|层|组|户|盏|天|个|米|次|点)?/gu
const letter = /[\p{L}\p{N}]/u

/** The parts of a text that say something, in small letters. */
function phrases(text: string): string[] {
  const plain = text.toLowerCase().replace(idle, '\n').replace(counted, '\n')
  return [...plain]
    .map((one) => (letter.test(one) ? one : '\n'))
    .join('')
    .split('\n')
    .filter((phrase) => phrase.length >= 2)
}

const gramsOf = (phrase: string): string[] => Array.from({ length: phrase.length - 1 }, (_, i) => phrase.slice(i, i + 2))

/** The pairs of neighboring characters of what a text says. */
export function meaningfulGrams(text: string): Set<string> {
  return new Set(phrases(text).flatMap(gramsOf))
}

const mostShown = 3

/** The longest runs of characters that both texts say, longest first: what a person is shown as the reason. */
export function maximalShared(a: string, b: string): string[] {
  const other = phrases(b)
  const runs = phrases(a).flatMap((phrase) => runsIn(phrase, other))
  const unique = [...new Set(runs)]
  return unique
    .filter((run) => !unique.some((longer) => longer !== run && longer.includes(run)))
    .sort((x, y) => y.length - x.length || (x < y ? -1 : 1))
    .slice(0, mostShown)
}

function runsIn(phrase: string, others: readonly string[]): string[] {
  const runs: string[] = []
  for (let from = 0; from < phrase.length - 1; from++) {
    let to = from + 2
    while (to <= phrase.length && others.some((other) => other.includes(phrase.slice(from, to)))) to++
    if (to - 1 - from >= 2) runs.push(phrase.slice(from, to - 1))
  }
  return runs
}

/** Of these sayings those that a text says, whole or most of their pairs: words that everybody may know that somebody used. */
export function sayingsIn(text: string, sayings: readonly string[]): string[] {
  const said = new Set(phrases(text).flatMap(gramsOf))
  return sayings.filter((saying) => {
    const grams = phrases(saying).flatMap(gramsOf)
    return grams.length > 0 && grams.filter((gram) => said.has(gram)).length / grams.length >= 0.6
  })
}
