import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Files that were brought to be imported, on disk under the id of their batch until they are no longer needed. */
export interface ImportStore {
  /** Puts a stream on disk as it comes; under its name it is whole, and a failed one leaves nothing. */
  receive(batchId: string, stream: Readable): Promise<{ bytes: number; sha256: Buffer }>
  pathOf(batchId: string): string
  has(batchId: string): Promise<boolean>
  remove(batchId: string): Promise<void>
  /** What lies there, and how long ago it was written. */
  survey(): AsyncIterable<{ batchId: string; isWhole: boolean; idleMs: number; remove(): Promise<void> }>
}

export function openImportStore(folder: string): ImportStore {
  const pathOf = (batchId: string): string => join(folder, batchId)
  return {
    async receive(batchId, stream) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const draft = `${pathOf(batchId)}.part`
      const hash = createHash('sha256')
      let bytes = 0
      try {
        await pipeline(
          stream,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              hash.update(chunk)
              bytes += chunk.length
              yield chunk
            }
          },
          createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
        )
        await rename(draft, pathOf(batchId))
        await syncFolder(folder)
        return { bytes, sha256: hash.digest() }
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    pathOf,
    has: async (batchId) => (await stat(pathOf(batchId)).catch(() => undefined)) !== undefined,
    remove: (batchId) => rm(pathOf(batchId), { force: true }),
    async *survey() {
      for (const name of await readdir(folder).catch(() => [])) {
        const info = await stat(join(folder, name)).catch(() => undefined)
        const [batchId = ''] = name.split('.')
        if (!info?.isFile() || batchId.length !== 36) continue
        yield {
          batchId,
          isWhole: name === batchId,
          idleMs: Date.now() - info.mtimeMs,
          remove: () => rm(join(folder, name), { force: true }),
        }
      }
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
