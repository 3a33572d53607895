import { rm } from 'node:fs/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Upload, uploadPublicFile } from '../../contract/upload.ts'
import { newId } from '../../define/ids.ts'
import { publicActor } from '../actor.ts'
import { sha256 } from '../crypto.ts'
import { isDatabaseAway } from '../database.ts'
import { Refusal } from '../errors.ts'
import { type ServeDeps, serveBare } from '../serve.ts'
import { sql } from '../sql.ts'
import { transact } from '../transaction.ts'
import { FileError } from './file-error.ts'
import type { FileStore } from './file-store.ts'
import { createGate } from './gate.ts'
import { type Prepared, prepareUpload } from './prepare-upload.ts'

const largest = 10 * 1024 * 1024

/** `POST /public/uploads`: the bytes are safe on disk before the row says so; a row without bytes cannot be, bytes without a row are swept. */
export function uploadRoute(app: FastifyInstance, deps: ServeDeps, store: FileStore): void {
  // A decoded picture takes up to 200 MB for a moment.
  const gate = createGate({ atOnce: 2, waiting: 60 })
  serveBare(app, deps, uploadPublicFile, async (_, __, { request }) => {
    const path = await receiveFile(request, store)
    try {
      return await gate(async () => keep(deps, store, await prepareUpload(path), request.id))
    } finally {
      await rm(path, { force: true })
    }
  })
}

async function keep(deps: ServeDeps, store: FileStore, prepared: Prepared, traceId: string): Promise<Upload> {
  const { mediaType, bytes, thumbnail, width, height, position } = prepared
  const id = newId()
  try {
    await store.write(id, 'full', bytes)
    if (thumbnail) await store.write(id, 'thumb', thumbnail)
    await transact(
      deps,
      publicActor,
      (ctx) =>
        ctx.run(sql`
          INSERT INTO base.file (file_id, sha256, media_type, bytes, width, height, taken_lon, taken_lat, made_by, made_at)
          VALUES (${id}, ${sha256(bytes)}, ${mediaType}, ${bytes.length}, ${width}, ${height}, ${position?.lon ?? null}, ${position?.lat ?? null},
            ${publicActor.sender}, ${ctx.now})`),
      { traceId },
    )
  } catch (error) {
    // A commit whose answer got lost may have happened: then the bytes must stay, and the sweep decides.
    if (!isDatabaseAway(error)) await store.remove(id)
    throw error
  }
  return { id, mediaType, bytes: bytes.length, width, height, position }
}

/** The one file of the request, on disk. The whole form is read first: what was cut off anywhere is not kept. */
async function receiveFile(request: FastifyRequest, store: FileStore): Promise<string> {
  if (!request.isMultipart()) throw missing()
  let path: string | undefined
  try {
    for await (const part of request.parts({ limits: { fileSize: largest, files: 1 } })) {
      if (part.type === 'file') path = (await store.receive(part.file)).path
    }
    if (path) return path
  } catch (error) {
    if (path) await rm(path, { force: true })
    throw refusalOf(error)
  }
  throw missing()
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_REQ_FILE_TOO_LARGE') return FileError('too_large')
  if (code?.startsWith('FST_') && statusCode === 413) return FileError('too_large', { detail: '一次只传一个文件' })
  // An error of the disk is ours; everything else is a form that did not arrive as one.
  return (error as NodeJS.ErrnoException).syscall ? error : FileError('damaged', { detail: '没传完整，请重新上传' })
}

const missing = () =>
  FileError('missing', { detail: '请用 multipart/form-data 上传一个文件', fields: [{ path: 'file', message: '请选一张照片' }] })
