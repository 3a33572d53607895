import type { Readable } from 'node:stream'
import {
  type Ctx,
  type Exchange,
  FileError,
  type FileStore,
  findOwnedFile,
  type KeptFile,
  openFile,
  serve,
  systemActor,
  type Variant,
} from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { readCaseFile, readPublicCaseFile } from '../contract/case-file.ts'
import { getFile, loadEntries } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { filesOf, isPublicEntry } from './entry-files.ts'
import { findByTail } from './residents/look-up.ts'

/** Attachments are read through their case: who sees the case sees them, a resident those that belong to what the resident reads. */
export function caseFileRoutes(app: FastifyInstance, deps: CasesDeps, store: FileStore): void {
  serve(app, deps, readCaseFile, async (ctx, { params, query }, exchange) => {
    const { case_id } = await getFile(ctx, params.caseId)
    const file = await ctx.as(systemActor, (system) => findOwnedFile(system, params.fileId, 'case', case_id))
    return stream(store, file, query.size, exchange)
  })
  serve(app, deps, readPublicCaseFile, async (ctx, { params, query }, exchange) => {
    const file = await ctx.as(systemActor, async (system) => {
      const { case_id, case_type } = await findByTail(system, deps, params.number, query.tail)
      return (await isPublicFile(system, deps, case_id, case_type, params.fileId))
        ? findOwnedFile(system, params.fileId, 'case', case_id)
        : undefined
    })
    return stream(store, file, query.size, exchange)
  })
}

async function isPublicFile(system: Ctx, deps: CasesDeps, caseId: string, caseType: string, fileId: string): Promise<boolean> {
  const type = deps.catalogue.get(caseType)
  const entries = await loadEntries(system, caseId)
  return entries.some((entry) => isPublicEntry(type, entry) && filesOf(type, entry).includes(fileId.toLowerCase()))
}

function stream(store: FileStore, file: KeptFile | undefined, size: Variant, { reply }: Exchange): Promise<Readable> {
  if (!file) throw FileError('not_found', { detail: '没有这个附件' })
  return openFile(reply, store, file, size)
}
