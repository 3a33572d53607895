import { settingsOf } from '@linli/base/server'
import type pg from 'pg'
import { oracle } from './oracle.ts'
import { accessRows } from './rows-of-access.ts'
import { baseRows, messagesRows } from './rows-of-base.ts'
import { casesRows } from './rows-of-cases.ts'
import { exchangeRows } from './rows-of-exchange.ts'
import { registryRows } from './rows-of-registry.ts'
import { residentRows } from './rows-of-residents.ts'
import { sceneRows } from './rows-of-scene.ts'
import { signalsRows } from './rows-of-signals.ts'
import { topicRows } from './rows-of-topics.ts'
import type { TableRow, TableRows } from './table-rows.ts'
import type { Answer, Rule } from './table-rule.ts'
import { type Scope, type Subject, scopeOf, subjects, type Who } from './world.ts'

/** In the order in which they can be seeded. */
export const tableRows: Record<string, TableRows> = {
  ...accessRows,
  ...baseRows,
  ...residentRows,
  ...messagesRows,
  ...registryRows,
  ...casesRows,
  ...signalsRows,
  ...topicRows,
  ...exchangeRows,
  ...sceneRows,
}

/** One try: who does what to which row, and what must come of it. */
export interface Cell {
  who: Who
  table: string
  operation: string
  scope: Scope
  row: string
  statement: string
  expected: string
}

/** Every cell of one table for one subject. */
export function cellsOf(subject: Subject, table: string): Cell[] {
  const rule = oracle[table]
  const probe = tableRows[table]
  if (!rule || !probe) throw new Error(`${table} is named in the oracle and in the rows, or in neither`)
  const set = typeof probe.set === 'string' ? probe.set : probe.set(subject)
  const cells = probe.rows.flatMap((row): Cell[] => {
    const scope = scopeOf(subject, row.facts)
    const cell = (operation: string, kind: Kind, one: Rule, statement: string): Cell => ({
      who: subject.who,
      table,
      operation,
      scope,
      row: row.key,
      statement,
      expected: answerOf(subject.who, kind, one, scope, rule.isOpen ?? false),
    })
    return [
      cell('select', 'look', rule.select, `SELECT 1 FROM ${table} WHERE ${row.key}`),
      ...(row.insert ? [cell('insert', 'add', rule.insert, row.insert(subject))] : []),
      cell('update', 'look', rule.update, `UPDATE ${table} SET ${set} WHERE ${row.key}`),
      cell('delete', 'look', rule.delete, `DELETE FROM ${table} WHERE ${row.key}`),
      ...forgeries(row, subject).map(({ name, kind, statement }) => cell(`forge ${name}`, kind, getForge(table, name), statement)),
    ]
  })
  return [...cells, blindUpdate(cells, `UPDATE ${table} SET ${set}`, subject.who === 'system' ? (probe.untried ?? 0) : 0)]
}

type Kind = 'look' | 'add'

function forgeries(row: TableRow, subject: Subject): { name: string; kind: Kind; statement: string }[] {
  return Object.entries(row.forge ?? {}).map(([name, make]) => {
    const statement = make(subject)
    return { name, kind: statement.trimStart().startsWith('INSERT') ? 'add' : 'look', statement }
  })
}

function getForge(table: string, name: string): Rule {
  const rule = oracle[table]?.forge?.[name]
  if (!rule) throw new Error(`the oracle does not say what becomes of ${table}: forge ${name}`)
  return rule
}

function answerOf(who: Who, kind: Kind, rule: Rule, scope: Scope, isOpen: boolean): Answer {
  if (who === 'login') return 'denied'
  // Whoever migrates owns the tables, and is still shown nothing: forced, and its policies show the batch that an undo names, here none.
  if (who === 'owner') return isOpen ? 'rows' : kind === 'add' ? 'denied' : 'none'
  if (who === 'system') return rule.system
  if (isOpen && rule.otherwise === 'none') return 'rows'
  const holds = (grant: Rule['rows'] | undefined) =>
    grant?.[who] === 'every' || (grant?.[who] as readonly Scope[] | undefined)?.includes(scope)
  return holds(rule.rows) ? 'rows' : holds(rule.denied) ? 'denied' : rule.otherwise
}

/** Without WHERE a statement needs no right to read: the policy of UPDATE stands alone, and must reach just what it reaches row by row. */
function blindUpdate(cells: Cell[], statement: string, untried: number): Cell {
  const updates = cells.filter(({ operation }) => operation === 'update')
  const [first] = updates as [Cell, ...Cell[]]
  const reached = updates.filter(({ expected }) => expected === 'rows').length
  const isDenied = updates.every(({ expected }) => expected === 'denied')
  return {
    ...first,
    operation: 'update all',
    scope: 'nowhere',
    row: '',
    statement,
    expected: isDenied ? 'denied' : `${reached + untried} rows`,
  }
}

/** Seeds one row per table and place, past all policies, as a superuser. */
export async function seedWorld(client: pg.ClientBase): Promise<void> {
  const statements = Object.values(tableRows).flatMap(({ rows }) => rows.map(({ seed }) => seed))
  await client.query(statements.filter(Boolean).join(';\n'))
}

/** Tries statements one by one, each undone whatever comes of it; answers a number of rows, `denied`, or the error. */
export async function installProbe(client: pg.ClientBase): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS probe;
    GRANT USAGE ON SCHEMA probe TO PUBLIC;
    CREATE OR REPLACE FUNCTION probe.try(statements text[]) RETURNS text[] LANGUAGE plpgsql AS $$
    DECLARE
      statement text;
      reached bigint;
      outcomes text[] := '{}';
    BEGIN
      FOREACH statement IN ARRAY statements LOOP
        BEGIN
          EXECUTE statement;
          GET DIAGNOSTICS reached = ROW_COUNT;
          RAISE EXCEPTION USING ERRCODE = 'LN001', MESSAGE = reached::text;
        EXCEPTION
          WHEN SQLSTATE 'LN001' THEN outcomes := outcomes || SQLERRM;
          WHEN insufficient_privilege THEN outcomes := outcomes || 'denied'::text;
          -- A trigger that may not see the place it should look up refuses as well.
          WHEN no_data_found THEN outcomes := outcomes || 'denied'::text;
          WHEN OTHERS THEN outcomes := outcomes || ('error ' || SQLSTATE || ' ' || SQLERRM);
        END;
      END LOOP;
      RETURN outcomes;
    END $$`)
}

/** Runs the work as this subject, as a request of the product would, and leaves no trace. Inside a transaction of a superuser. */
export async function asSubject<T>(client: pg.ClientBase, subject: Subject, work: () => Promise<T>): Promise<T> {
  const settings = { ...(subject.actor && settingsOf(subject.actor)), ...(subject.role && { role: subject.role }) }
  const calls = Object.entries({ session_authorization: subject.session, ...settings }).map(
    ([key, value]) => `set_config('${key}', ${client.escapeLiteral(value)}, true)`,
  )
  await client.query(`SAVEPOINT subject; ${calls.map((call) => `SELECT ${call}`).join('; ')}`)
  try {
    return await work()
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT subject; RELEASE SAVEPOINT subject')
  }
}

/** What really came of each cell. */
export async function tryCells(client: pg.ClientBase, subject: Subject, cells: readonly Cell[]): Promise<{ cell: Cell; answer: string }[]> {
  const { rows } = await asSubject(client, subject, () =>
    client.query<{ outcomes: string[] }>('SELECT probe.try($1) AS outcomes', [cells.map(({ statement }) => statement)]),
  )
  const outcomes = rows[0]?.outcomes ?? []
  return cells.map((cell, index) => ({ cell, answer: toAnswer(cell, outcomes[index] ?? 'missing') }))
}

function toAnswer(cell: Cell, outcome: string): string {
  if (!/^\d+$/.test(outcome)) return outcome
  if (cell.operation === 'update all') return `${outcome} rows`
  return outcome === '0' ? 'none' : 'rows'
}

export const allSubjects = Object.values(subjects)
export const allTables = Object.keys(oracle)

/** One line for a cell that went wrong. */
export const describe = ({ who, table, operation, scope, row, expected }: Cell, answer: string): string =>
  `${who} ${operation} ${table} [${scope}] ${row}: ${answer}, should be ${expected}`
