import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSessions } from '@linli/access/server'
import { aTown, type Town, type TownPost } from '@linli/access/testing'
import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type TestDatabase, testHttp } from '@linli/base/testing'
import type { ExportJob } from '../contract/export.ts'
import { exportRule } from '../define/export-rule.ts'
import type { ExchangeDeps } from '../server/deps.ts'
import { openExportStore } from '../server/export-store.ts'
import { type ExportWorker, startExportWorker } from '../server/export-worker.ts'
import { collectLists, type ExportableList } from '../server/exportable-list.ts'
import { openImportStore } from '../server/imports/import-store.ts'
import { collectImportables, type Importable } from '../server/imports/importable.ts'
import { exchangeRoutes } from '../server/routes.ts'

export interface Answer {
  status: number
  headers: Record<string, unknown>
  bytes: Buffer
  json<T>(): T
}

export interface ExportsApp {
  db: TestDatabase
  town: Town
  deps: ExchangeDeps
  send(by: TownPost, method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>
  upload(by: TownPost, path: string, payload: Buffer, contentType: string): Promise<Answer>
  /** Asks for the list as a file; fails the test when it is refused. */
  ask(by: TownPost, wanted?: object): Promise<ExportJob>
  job(by: TownPost, exportId: string): Promise<ExportJob>
  /** A worker of its own, as another process would have one. */
  worker(): ExportWorker
  /** Names in the folder of the files. */
  onDisk(): Promise<string[]>
  /** Actions and purposes on the trail about this export. */
  trail(exportId: string): Promise<{ action: string; account_id: string | null; purpose: string | null; detail: Record<string, unknown> }[]>
  close(): Promise<void>
}

/** The routes of this engine over a town, that of another engine's harness or one of its own, with the given lists. */
export async function exportsApp(
  db: TestDatabase,
  lists: readonly ExportableList<unknown, unknown>[],
  rule = exportRule,
  importables: readonly Importable<unknown>[] = [],
  at?: Town,
): Promise<ExportsApp> {
  const town = at ?? (await db.system((system) => aTown(system)))
  const folder = await mkdtemp(join(tmpdir(), 'linli-exports-'))
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  const deps: ExchangeDeps = {
    ...db.deps,
    sessions,
    lists: collectLists(lists),
    importables: collectImportables(importables),
    imports: openImportStore(join(folder, 'imports')),
    store: openExportStore(folder),
    rule,
    backlog: [],
  }
  const app = await testHttp((http) => exchangeRoutes(http, deps))
  const workers: ExportWorker[] = []
  let asked = 0
  const send: ExportsApp['send'] = async (by, method, path, body) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: town.signIn(by),
      remoteAddress: `10.0.${++asked >> 8}.${asked & 255}`,
      ...(body && { payload: body }),
    })
    return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload, json: () => answer.json() }
  }
  return {
    db,
    town,
    deps,
    send,
    async upload(by, path, payload, contentType) {
      const headers = { ...town.signIn(by), 'content-type': contentType }
      const answer = await app.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        headers,
        payload,
        remoteAddress: `10.1.${++asked >> 8}.${asked & 255}`,
      })
      return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload, json: () => answer.json() }
    },
    async ask(by, wanted = {}) {
      const answer = await send(by, 'POST', '/exports', {
        requestId: newId(),
        list: 'lamps.list',
        format: 'xlsx',
        purpose: '月度核对',
        ...wanted,
      })
      if (answer.status !== 202) throw new Error(`refused: ${answer.status} ${answer.json<Problem>().detail}`)
      return answer.json<ExportJob>()
    },
    job: async (by, exportId) => (await send(by, 'GET', `/exports/${exportId}`)).json<ExportJob>(),
    worker() {
      const worker = startExportWorker({ ...db.deps, lists: deps.lists, store: deps.store, rule, log: () => {} })
      workers.push(worker)
      return worker
    },
    onDisk: () => readdir(folder).catch(() => []),
    trail: (exportId) =>
      db.superuser(`SELECT action, account_id, purpose, detail FROM base.audit_entry WHERE subject_id = '${exportId}' ORDER BY audit_id`),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()))
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
