import { prepareJobs } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oracle } from './oracle.ts'
import { tableRows } from './probe.ts'
import type { Rule } from './table-rule.ts'

/** Schemas whose tables hold no rows of ours. */
const outside: Record<string, string> = {
  migration: 'which files were applied; written and read by the owner alone',
  signals_days: 'partitions of signals.telemetry, granted to nobody: reached through their parent, whose policies hold',
  pgboss: 'the job library keeps its queues here; for the workers alone',
}

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await prepareJobs(db.ownerUrl, [{ name: 'probe', cron: '0 3 * * *' }])
})
afterAll(() => db.close())

const ours = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
const listOf = (values: Iterable<string>): string => [...values].map((value) => `'${value}'`).join(', ')

interface Table {
  name: string
  schema: string
  isForced: boolean
  owner: string
  kind: string
}

const tables = (): Promise<Table[]> =>
  db.superuser<Table>(`
    SELECT n.nspname || '.' || c.relname AS name, n.nspname AS schema, c.relrowsecurity AND c.relforcerowsecurity AS "isForced",
      pg_get_userbyid(c.relowner) AS owner, c.relkind AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND ${ours} ORDER BY 1`)

test('the oracle and the seeds name every table there is, and no other', async () => {
  const found = (await tables()).filter(({ schema }) => !(schema in outside)).map(({ name }) => name)
  expect(found.sort()).toEqual(Object.keys(oracle).sort())
  expect(Object.keys(tableRows).sort()).toEqual(Object.keys(oracle).sort())
})

test('row level security is on and forced everywhere but where everyone may read the same and nobody may write', async () => {
  for (const { name, schema, isForced, owner } of await tables()) {
    if (schema in outside) continue
    expect({ name, isForced, owner }).toEqual({ name, isForced: !oracle[name]?.isOpen, owner: 'linli_owner' })
  }
  const written = await db.superuser<{ name: string }>(`
    SELECT table_schema || '.' || table_name AS name FROM information_schema.role_table_grants
    WHERE grantee IN ('linli_app', 'linli_system', 'PUBLIC') AND privilege_type <> 'SELECT'
      AND table_schema || '.' || table_name IN (${listOf(Object.keys(oracle).filter((name) => oracle[name]?.isOpen))})`)
  expect(written).toEqual([])
})

test('no role of ours is a superuser, passes policies by, or owns what it serves', async () => {
  const roles = await db.superuser<{ name: string; isStrong: boolean; isInherit: boolean }>(`
    SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS "isStrong", rolinherit AS "isInherit"
    FROM pg_roles WHERE rolname LIKE 'linli%' ORDER BY 1`)
  expect(roles.map(({ name }) => name)).toEqual(['linli', 'linli_app', 'linli_owner', 'linli_system'])
  expect(roles.filter(({ isStrong }) => isStrong)).toEqual([])
  expect(roles.find(({ name }) => name === 'linli')?.isInherit).toBe(false)
  const members = await db.superuser<{ role: string; member: string }>(`
    SELECT m.roleid::regrole::text AS role, m.member::regrole::text AS member FROM pg_auth_members m WHERE m.member::regrole::text LIKE 'linli%' ORDER BY 1`)
  expect(members).toEqual([
    { role: 'linli_app', member: 'linli' },
    { role: 'linli_system', member: 'linli' },
    { role: 'linli_system', member: 'linli_owner' },
  ])
})

test('requests reach no schema of the workers or of migrations, and nobody but its members reaches ours', async () => {
  const usable = await db.superuser<{ role: string; schema: string }>(`
    SELECT r.rolname AS role, n.nspname AS schema FROM pg_namespace n CROSS JOIN pg_roles r
    WHERE ${ours} AND r.rolname IN ('linli', 'linli_app') AND n.nspname <> 'public' AND has_schema_privilege(r.oid, n.oid, 'USAGE') ORDER BY 1, 2`)
  const engines = [...new Set(Object.keys(oracle).map((name) => name.split('.')[0] as string))].sort()
  expect(usable).toEqual(engines.map((schema) => ({ role: 'linli_app', schema })))
  const creators = await db.superuser(`
    SELECT r.rolname, n.nspname FROM pg_namespace n CROSS JOIN pg_roles r
    WHERE ${ours} AND r.rolname IN ('linli', 'linli_app', 'linli_system') AND has_schema_privilege(r.oid, n.oid, 'CREATE')`)
  expect(creators).toEqual([])
  const open = await db.superuser(`
    SELECT table_schema, table_name, privilege_type FROM information_schema.role_table_grants
    WHERE grantee = 'PUBLIC' AND table_schema NOT IN ('pg_catalog', 'information_schema')`)
  expect(open).toEqual([])
})

const commands = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const

/** What a role was granted on each table, column grants included. */
async function grantsOf(role: string): Promise<Map<string, string[]>> {
  const rows = await db.superuser<{ name: string; commands: string[] }>(`
    SELECT n.nspname || '.' || c.relname AS name, array_agg(p.command ORDER BY p.command) AS commands
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN unnest(ARRAY[${listOf(commands)}]) AS p(command)
    WHERE c.relkind IN ('r', 'p') AND ${ours}
      AND CASE p.command WHEN 'DELETE' THEN has_table_privilege('${role}', c.oid, 'DELETE') ELSE has_any_column_privilege('${role}', c.oid, p.command) END
    GROUP BY 1`)
  return new Map(rows.map((row) => [row.name, row.commands]))
}

test('a request is granted just the commands that the oracle gives to some request', async () => {
  const grants = await grantsOf('linli_app')
  const isGiven = (rule: Rule): boolean => Object.keys(rule.rows).length > 0 || rule.otherwise === 'none'
  for (const [name, rule] of Object.entries(oracle)) {
    const given = commands.filter((command) => isGiven(rule[command.toLowerCase() as 'select' | 'insert' | 'update' | 'delete'])).sort()
    expect({ name, commands: grants.get(name) ?? [] }).toEqual({ name, commands: given })
  }
})

test('each command that a role is granted has a policy of its own, and no policy lacks its grant', async () => {
  const policies = await db.superuser<{ name: string; role: string; command: string }>(`
    SELECT schemaname || '.' || tablename AS name, unnest(roles)::text AS role, cmd AS command FROM pg_policies`)
  for (const role of ['linli_app', 'linli_system']) {
    for (const [name, have] of await grantsOf(role)) {
      if (!oracle[name] || oracle[name].isOpen) continue
      const covered = policies
        .filter((policy) => policy.name === name && policy.role === role)
        .flatMap(({ command }) => (command === 'ALL' ? commands : [command]))
      expect({ name, role, without: have.filter((command) => !covered.includes(command)) }).toEqual({ name, role, without: [] })
    }
  }
  const appGrants = await grantsOf('linli_app')
  const idle = policies.filter(
    ({ name, role, command }) => role === 'linli_app' && command !== 'ALL' && !appGrants.get(name)?.includes(command),
  )
  expect(idle).toEqual([])
  // Who owns the tables is under policies for one thing: taking an imported batch out again.
  const others = policies.filter(({ role }) => role !== 'linli_app' && role !== 'linli_system')
  const undone = ['case_clock', 'case_entry', 'case_file', 'case_notice', 'case_party', 'imported_case'].map((name) => `cases.${name}`)
  expect(new Set(others.map(({ role, command }) => `${role} ${command}`))).toEqual(new Set(['linli_owner SELECT', 'linli_owner DELETE']))
  expect([...new Set(others.map(({ name }) => name))].sort()).toEqual(undone)
})

test('nobody may change or remove the truth: entries, audit lines, seals', async () => {
  const [app, system] = [await grantsOf('linli_app'), await grantsOf('linli_system')]
  const truths = Object.keys(oracle).filter((name) => oracle[name]?.isAppendOnly)
  expect(truths).toEqual(expect.arrayContaining(['cases.case_entry', 'base.audit_entry']))
  for (const name of truths) {
    for (const grants of [app, system])
      expect({ name, grants: (grants.get(name) ?? []).filter((command) => command === 'UPDATE' || command === 'DELETE') }).toEqual({
        name,
        grants: [],
      })
  }
  expect(app.get('base.outbox')).toEqual(['INSERT'])
})

test('no request reads a password, a token or a wrapped key', async () => {
  const readable = await db.superuser(`
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours} AND a.attname IN ('password_hash', 'token_hash', 'secret_hash', 'wrapped_key') AND has_column_privilege('linli_app', c.oid, a.attnum, 'SELECT')`)
  expect(readable).toEqual([])
})

test('views look with the eyes of who asks, and nothing is kept beside the policies', async () => {
  const views = await db.superuser(`
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours} AND n.nspname NOT IN (${listOf(Object.keys(outside))})
      AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce(c.reloptions::text LIKE '%security_invoker=true%', false))`)
  expect(views).toEqual([])
})

/** Functions that act with the rights of their owner, each with the reason. */
const definerFunctions: Record<string, string> = {
  'cases.count_reporters': 'a number beside a file that the policies have shown; who sees the matter need not see each report of it',
  'signals.keep_days': 'makes and drops days of telemetry; requests may not call it, and it reads no row for anybody',
  'cases.remove_imported':
    'nobody is granted DELETE of entries; it shows its owner one imported batch, without what went on since, and takes that out',
  'cases.find_files': 'no word search is leakproof; it asks for the scope itself and answers ids, which are then read under the policies',
  'registry.find_persons': 'as cases.find_files',
  'registry.find_homes': 'as cases.find_files',
}

test('functions that act with the rights of their owner are listed here, with their search path pinned', async () => {
  const found = await db.superuser<{ name: string; isPinned: boolean }>(`
    SELECT n.nspname || '.' || p.proname AS name, coalesce(p.proconfig::text LIKE '%search_path=%', false) AS "isPinned"
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND ${ours} AND n.nspname NOT IN (${listOf(Object.keys(outside))}) ORDER BY 1`)
  expect(found).toEqual(
    Object.keys(definerFunctions)
      .sort()
      .map((name) => ({ name, isPinned: true })),
  )
})

test('where lists find rows by a level, an index begins with that column', async () => {
  const leading = await db.superuser<{ name: string; column: string }>(`
    SELECT DISTINCT n.nspname || '.' || c.relname AS name, a.attname AS column
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indpred IS NULL AND ${ours}`)
  const levels = await db.superuser<{ name: string; columns: string[] }>(`
    SELECT n.nspname || '.' || c.relname AS name, array_agg(a.attname::text ORDER BY 1) AS columns
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours} AND c.relkind IN ('r', 'p') AND a.attname IN ('cell_id', 'community_id', 'township_id', 'county_id')
    GROUP BY 1 HAVING count(*) = 4 AND bool_or(a.attname = 'cell_id')`)
  for (const { name, columns } of levels) {
    if (oracle[name]?.isPlace) continue
    expect({ name, columns: oracle[name]?.levelColumns }).toEqual({ name, columns: columns.sort() })
    for (const column of columns) expect(leading).toContainEqual({ name, column })
  }
  expect(levels.map(({ name }) => name)).toContain('cases.case_file')
})
