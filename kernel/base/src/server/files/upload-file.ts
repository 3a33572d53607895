import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Upload, uploadPublicFile } from '../../contract/upload.ts'
import { newId } from '../../define/ids.ts'
import { publicActor } from '../actor.ts'
import { sha256 } from '../crypto.ts'
import { type ServeDeps, serveBare } from '../serve.ts'
import { sql } from '../sql.ts'
import { transact } from '../transaction.ts'
import { FileError } from './file-error.ts'
import type { FileStore } from './file-store.ts'
import { prepareUpload } from './read-picture.ts'

const largest = 10 * 1024 * 1024

/** `POST /public/uploads`: the bytes are safe on disk before the row says so; a row without bytes cannot be, bytes without a row are swept. */
export function uploadRoute(app: FastifyInstance, deps: ServeDeps, store: FileStore): void {
  serveBare(app, deps, uploadPublicFile, async (_, __, { request }) => {
    const prepared = await prepareUpload(await readPart(request))
    const id = newId()
    await store.write(id, 'full', prepared.bytes)
    if (prepared.thumbnail) await store.write(id, 'thumb', prepared.thumbnail)
    await transact(
      deps,
      publicActor,
      (ctx) =>
        ctx.run(sql`INSERT INTO base.file (file_id, sha256, media_type, bytes, width, height, taken_lon, taken_lat, made_by, made_at)
          VALUES (${id}, ${sha256(prepared.bytes)}, ${prepared.mediaType}, ${prepared.bytes.length}, ${prepared.width}, ${prepared.height},
            ${prepared.position?.lon ?? null}, ${prepared.position?.lat ?? null}, ${publicActor.sender}, ${ctx.now})`),
      { traceId: request.id },
    )
    const upload: Upload = { id, mediaType: prepared.mediaType, bytes: prepared.bytes.length, width: prepared.width, height: prepared.height, position: prepared.position }
    return upload
  })
}

async function readPart(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw FileError('missing', { detail: '请用 multipart/form-data 上传一个文件', fields: [{ path: 'file', message: '没有文件' }] })
  let part: MultipartFile | undefined
  try {
    part = await request.file({ limits: { fileSize: largest, files: 1 } })
    if (!part) throw FileError('missing', { detail: '没有文件', fields: [{ path: 'file', message: '请选一张照片' }] })
    return await part.toBuffer()
  } catch (error) {
    const { code, statusCode } = error as { code?: string; statusCode?: number }
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw FileError('too_large', { detail: '一个文件最大 10 MB' })
    if (code?.startsWith('FST_') && statusCode === 413) throw FileError('too_large', { detail: '一次只传一个文件' })
    if (code?.startsWith('file.') || (error as { name?: string }).name === 'Refusal') throw error
    throw FileError('damaged', { detail: '没传完整，请重新上传' })
  }
}
