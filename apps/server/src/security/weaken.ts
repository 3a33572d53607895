/** A policy as the catalogue has it. */
export interface Policy {
  table: string
  name: string
  roles: string[]
  command: string
  using: string | null
  check: string | null
}

export interface Weakening {
  table: string
  /** What was done to which policy, for the list of survivors. */
  what: string
  statement: string
  /** Whom and what it can let through; nobody else needs to try again. */
  touches: { roles: readonly string[]; command: string }
}

/** Whoever owns the tables is in no policy, so only a missing guard lets him through. */
const owner = { roles: ['linli_owner'], command: 'ALL' }

/** Everything that makes a policy let more through: taken away, opened, handed to everyone, or without one of its conditions. */
export function weakeningsOf({ table, name, roles, command, using, check }: Policy): Weakening[] {
  const weak = (what: string, statement: string): Weakening => ({
    table,
    what: `${name} on ${table}: ${what}`,
    statement,
    touches: { roles, command },
  })
  const alter = (what: string, change: string) => weak(what, `ALTER POLICY ${name} ON ${table} ${change}`)
  const clauses = [
    ['USING', using],
    ['WITH CHECK', check],
  ] as const
  return [
    weak('dropped', `DROP POLICY ${name} ON ${table}`),
    ...(using === 'true' && !roles.includes('public') ? [{ ...alter('handed to everyone', 'TO PUBLIC'), touches: owner }] : []),
    ...clauses.flatMap(([clause, condition]) =>
      condition === null || condition === 'true'
        ? []
        : [
            alter(`${clause} (true)`, `${clause} (true)`),
            ...withoutOne(condition).map((rest) => alter(`${clause} ${rest}`, `${clause} (${rest})`)),
          ],
    ),
  ]
}

/** What a table is without its guard. */
export const unguardedTable = (table: string): Weakening[] => [
  { table, what: `${table}: row level security not forced`, statement: `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`, touches: owner },
  { table, what: `${table}: row level security disabled`, statement: `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`, touches: owner },
]

/** The condition with one of its ANDed parts left out, at any depth of AND and OR: each of these lets more through. */
export function withoutOne(condition: string): string[] {
  const text = unwrap(condition)
  for (const word of [' OR ', ' AND '] as const) {
    const parts = split(text, word)
    if (parts.length === 1) continue
    return parts.flatMap((part, index) => {
      const withPart = (other: string) => parts.map((one, place) => (place === index ? other : one)).join(word)
      const deeper = withoutOne(part).map((rest) => withPart(`(${rest})`))
      return word === ' AND ' ? [withPart('true'), ...deeper] : deeper
    })
  }
  return []
}

/** Without the parentheses around the whole. */
function unwrap(condition: string): string {
  const text = condition.trim()
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  for (const [index, char] of walk(text)) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (depth === 0 && index < text.length - 1) return text
  }
  return unwrap(text.slice(1, -1))
}

/** Splits at a word that stands in no parentheses and no quotes. */
function split(text: string, word: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const [index, char] of walk(text)) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (depth === 0 && text.startsWith(word, index)) {
      parts.push(text.slice(from, index))
      from = index + word.length
    }
  }
  return [...parts, text.slice(from)]
}

/** Characters outside of quotes. */
function* walk(text: string): Generator<[number, string]> {
  let isQuoted = false
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string
    if (char === "'") isQuoted = !isQuoted
    else if (!isQuoted) yield [index, char]
  }
}
