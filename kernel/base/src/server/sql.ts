import { createHash } from 'node:crypto'

/** A statement with its values; the name makes PostgreSQL plan it once per connection. `Row` is what one row looks like. */
export interface Statement<Row = unknown> {
  readonly text: string
  readonly values: unknown[]
  readonly name: string
  /** Phantom: carries the row type only. */
  readonly row?: Row
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `s${createHash('sha1').update(text).digest('hex').slice(0, 16)}`
    names.set(text, name)
  }
  return name
}

/**
 * Tagged template for SQL: every `${value}` becomes a parameter, a nested statement is spliced in with its own parameters.
 * Nothing is ever concatenated into the text, so an injection cannot be written by accident.
 */
export function sql<Row = Record<string, unknown>>(parts: TemplateStringsArray, ...values: unknown[]): Statement<Row> {
  let text = ''
  const out: unknown[] = []
  parts.forEach((part, i) => {
    text += part
    if (i >= values.length) return
    const value = values[i]
    if (isStatement(value)) {
      text += value.text.replace(/\$(\d+)/g, (_, n) => `$${Number(n) + out.length}`)
      out.push(...value.values)
    } else {
      out.push(value)
      text += `$${out.length}`
    }
  })
  return { text, values: out, name: nameOf(text) }
}

const none: Statement = { text: '', values: [], name: '' }

/** A part that is there only when the condition holds. */
export function sqlIf(condition: unknown, make: () => Statement): Statement {
  return condition ? make() : none
}

/** Joins conditions with AND; with none it is `true`. */
export function sqlAnd(parts: Statement[]): Statement {
  if (parts.length === 0) return sql`true`
  return parts.reduce((left, right) => sql`${left} AND ${right}`)
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'text' in value && 'values' in value && 'name' in value
}
