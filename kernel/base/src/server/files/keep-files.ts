import { rm } from 'node:fs/promises'
import { type Actor, systemActor } from '../actor.ts'
import { sql } from '../sql.ts'
import { type Ctx, type TransactionDeps, transact } from '../transaction.ts'
import type { FileStore } from './file-store.ts'

export interface Adoption {
  fileIds: string[]
  ownerKind: string
  ownerId: string
  areaPath: string
}

/** Makes uploads part of their owner: all or none. Only one's own that nobody owns yet; false when one of them is not. */
export async function adoptFiles(ctx: Ctx, adoption: Adoption, by: Pick<Actor, 'sender'> = ctx.actor): Promise<boolean> {
  const fileIds = [...new Set(adoption.fileIds)]
  const work = (system: Ctx) =>
    system.run(sql`UPDATE base.file SET owner_kind = ${adoption.ownerKind}, owner_id = ${adoption.ownerId}, area_path = ${adoption.areaPath}
      WHERE file_id = ANY (${fileIds}::uuid[]) AND (owner_id IS NULL OR (owner_kind = ${adoption.ownerKind} AND owner_id = ${adoption.ownerId})) AND made_by IN ('public', ${by.sender})`)
  const adopted = ctx.actor.databaseRole === 'linli_system' ? await work(ctx) : await ctx.as(systemActor, work)
  return adopted === fileIds.length
}

/** Gives the files of an owner back, as uploads that anything else may take; what nothing takes goes as any upload does. As system. */
export function releaseFiles(system: Ctx, of: Pick<Adoption, 'ownerKind' | 'ownerId'>): Promise<number> {
  return system.run(sql`
    UPDATE base.file SET owner_kind = NULL, owner_id = NULL
    WHERE owner_kind = ${of.ownerKind} AND owner_id = ${of.ownerId}`)
}

export interface KeptFile {
  fileId: string
  mediaType: string
  bytes: number
}

/** A file of this owner; undefined when it is another's. The caller has shown that the reader sees the owner. As system. */
export function findOwnedFile(system: Ctx, fileId: string, ownerKind: string, ownerId: string): Promise<KeptFile | undefined> {
  return system.find(sql<KeptFile>`SELECT file_id AS "fileId", media_type AS "mediaType", bytes FROM base.file
    WHERE file_id = ${fileId} AND owner_kind = ${ownerKind} AND owner_id = ${ownerId}`)
}

const dayMs = 86_400_000

/** Removes uploads that nobody took within a day, and bytes that no row knows. Answers how many files went. */
export async function sweepFiles(deps: TransactionDeps, store: FileStore): Promise<number> {
  const orphans = await transact(deps, systemActor, (system) =>
    system.rows(sql<{ fileId: string }>`
      DELETE FROM base.file WHERE owner_id IS NULL AND made_at < ${new Date(deps.clock.now().getTime() - dayMs)} RETURNING file_id AS "fileId"`),
  )
  for (const { fileId } of orphans) await store.remove(fileId)
  let removed = orphans.length
  // Their age is the disk's, so it is compared with the machine's clock.
  for await (const found of inBunches(store.survey(dayMs, Date.now()))) {
    const known = await transact(deps, systemActor, (system) =>
      knownFiles(
        system,
        found.flatMap(({ fileId }) => fileId ?? []),
      ),
    )
    for (const { fileId, path } of found) {
      if (fileId && known.has(fileId)) continue
      await rm(path, { force: true })
      removed += 1
    }
  }
  return removed
}

async function knownFiles(system: Ctx, fileIds: string[]): Promise<Set<string>> {
  const rows = await system.rows(
    sql<{ fileId: string }>`SELECT file_id AS "fileId" FROM base.file WHERE file_id = ANY (${fileIds}::uuid[])`,
  )
  return new Set(rows.map((row) => row.fileId))
}

async function* inBunches<T>(items: AsyncIterable<T>): AsyncIterable<T[]> {
  let bunch: T[] = []
  for await (const item of items) {
    if (bunch.push(item) < 500) continue
    yield bunch
    bunch = []
  }
  if (bunch.length > 0) yield bunch
}
