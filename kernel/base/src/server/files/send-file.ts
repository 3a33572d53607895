import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { FileError } from './file-error.ts'
import type { FileStore, Variant } from './file-store.ts'
import type { KeptFile } from './keep-files.ts'

/**
 * Answers with a file whose owner the reader may see. Whatever it holds, it runs nothing: no sniffing, no scripts, a PDF only as a
 * download. It never changes, so the reader's own browser may keep it.
 */
export async function sendFile(reply: FastifyReply, store: FileStore, file: KeptFile, variant: Variant): Promise<FastifyReply> {
  return reply.send(await openFile(reply, store, file, variant))
}

/** As `sendFile`, for a handler of `serve`, which sends what it is given: sets the headers and answers the bytes. */
export async function openFile(reply: FastifyReply, store: FileStore, file: KeptFile, variant: Variant): Promise<Readable> {
  const found = await store.read(file.fileId, variant)
  if (!found) throw FileError('not_found')
  const isPdf = file.mediaType === 'application/pdf'
  reply
    .header('content-type', variant === 'thumb' ? 'image/webp' : file.mediaType)
    .header('content-length', found.bytes)
    .header('content-disposition', isPdf ? `attachment; filename="${file.fileId}.pdf"` : 'inline')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=86400, immutable')
  return found.stream
}
