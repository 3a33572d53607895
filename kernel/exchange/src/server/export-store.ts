import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

export interface WrittenFile {
  bytes: number
  sha256: Buffer
}

/** Exported files on disk. A file under the id of an export is whole: it was synced before it got that name. */
export interface ExportStore {
  /**
   * Writes under the lease of one worker; the file appears under the id when `write` is through, and a failed one leaves nothing. What a
   * worker that was killed left of the same export goes first.
   */
  write(exportId: string, leaseId: string, write: (file: FileHandle) => Promise<void>): Promise<WrittenFile>
  read(exportId: string): Promise<{ stream: Readable; bytes: number } | undefined>
  remove(exportId: string): Promise<void>
  /** Ids of the files that are there, and how long ago somebody last wrote to what was cut off in the middle. */
  survey(): AsyncIterable<{ exportId: string; isWhole: boolean; idleMs: number; remove(): Promise<void> }>
}

export function openExportStore(folder: string): ExportStore {
  const pathOf = (exportId: string): string => join(folder, exportId)
  return {
    async write(exportId, leaseId, write) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await dropDrafts(folder, exportId)
      const draft = join(folder, `${exportId}.${leaseId}.part`)
      try {
        const file = await open(draft, 'w', 0o600)
        try {
          await write(file)
          await file.sync()
        } finally {
          await file.close()
        }
        const written = await digest(draft)
        await rename(draft, pathOf(exportId))
        await syncFolder(folder)
        return written
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {})
        throw error
      }
    },
    async read(exportId) {
      const info = await stat(pathOf(exportId)).catch(() => undefined)
      return info && { stream: createReadStream(pathOf(exportId)), bytes: info.size }
    },
    remove: (exportId) => rm(pathOf(exportId), { force: true }),
    async *survey() {
      for (const name of await readdir(folder).catch(() => [])) {
        const info = await stat(join(folder, name)).catch(() => undefined)
        const [exportId = ''] = name.split('.')
        if (!info?.isFile() || exportId.length !== 36) continue
        yield {
          exportId,
          isWhole: name === exportId,
          idleMs: Date.now() - info.mtimeMs,
          remove: () => rm(join(folder, name), { force: true }),
        }
      }
    },
  }
}

async function dropDrafts(folder: string, exportId: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith(`${exportId}.`)) await rm(join(folder, name), { force: true })
}

async function digest(path: string): Promise<WrittenFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest() }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
