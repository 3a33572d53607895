import { type Ctx, createPersonKey, loadPersonKey, sql, type Vault } from '@linli/base/server'
import { foldPerson } from '../define/fold-person.ts'
import type { PersonChange, PersonEntry, Source } from '../define/person-change.ts'
import type { PersonState } from '../define/person-state.ts'
import type { OpenPerson } from './open-person.ts'
import { project } from './project-person.ts'

interface EntryRow {
  seq: number
  change: PersonEntry['change']
  data: PersonEntry['data']
  source: Source
  made_at: Date
}

/** Loads a file for a change and keeps everybody else from changing it until the transaction ends. As system. */
export async function openPerson(system: Ctx, vault: Vault, personId: string): Promise<OpenPerson> {
  await system.get(sql`SELECT 1 FROM registry.person WHERE person_id = ${personId} FOR UPDATE`)
  return readPerson(system, vault, personId)
}

/** The same for reading: nobody waits for it. As system. */
export async function readPerson(system: Ctx, vault: Vault, personId: string): Promise<OpenPerson> {
  const { key_id: keyId } = await system.get(sql<{ key_id: string }>`SELECT key_id FROM registry.person WHERE person_id = ${personId}`)
  const entries = await loadEntries(system, personId)
  return { personId, keyId, key: await loadPersonKey(system, vault, keyId), entries, state: foldPerson(entries) }
}

export async function loadEntries(system: Ctx, personId: string): Promise<PersonEntry[]> {
  const rows = await system.rows(
    sql<EntryRow>`SELECT seq, change, data, source, made_at FROM registry.person_entry WHERE person_id = ${personId} ORDER BY seq`,
  )
  return rows.map(({ seq, change, data, source, made_at }) => ({ seq, change, data, source, madeAt: made_at }) as PersonEntry)
}

/** A new file with a key of its own; its first entry follows with `append`. As system. */
export async function newPerson(system: Ctx, vault: Vault, personId: string): Promise<Omit<OpenPerson, 'state'> & { key: Buffer }> {
  const { keyId, key } = await createPersonKey(system, vault)
  return { personId, keyId, key, entries: [] }
}

/** A file and what happens to it. */
export interface PersonWork extends Omit<OpenPerson, 'state'> {
  changes: readonly PersonChange[]
}

/** Writes what happened to one file, in the name of whoever `by` is, and what lists need of it. As system. */
export async function append(
  system: Ctx,
  vault: Vault,
  person: Omit<OpenPerson, 'state'>,
  changes: readonly PersonChange[],
  by: { source: Source; actor: Ctx['actor'] },
): Promise<PersonState> {
  const [state] = await appendAll(system, vault, [{ ...person, changes }], by)
  return state!
}

/** The same for many files in a handful of statements, however many they are. As system. */
export async function appendAll(
  system: Ctx,
  vault: Vault,
  work: readonly PersonWork[],
  { source, actor }: { source: Source; actor: Ctx['actor'] },
): Promise<PersonState[]> {
  const added = work.map(({ entries, changes }) =>
    changes.map((change, at) => ({ ...change, seq: entries.length + 1 + at, madeAt: system.now, source }) as PersonEntry),
  )
  const states = work.map(({ entries }, at) => foldPerson([...entries, ...added[at]!]))
  await project(
    system,
    vault,
    work.map((person, at) => ({ ...person, state: states[at]! })),
  )
  const rows = work.flatMap(({ personId }, at) => added[at]!.map(({ seq, change, data }) => ({ personId, seq, change, data })))
  await system.run(sql`
    INSERT INTO registry.person_entry (person_id, seq, change, data, source, made_at, account_id, post_id, org_id)
    SELECT e."personId", e.seq, e.change, e.data, ${source}, ${system.now}::timestamptz, ${actor.accountId}::uuid, ${actor.postId}::uuid, ${actor.orgId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e("personId" uuid, seq integer, change text, data jsonb)`)
  return states
}
