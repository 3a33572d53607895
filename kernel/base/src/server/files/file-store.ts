import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FileError } from './file-error.ts'

export type Variant = 'full' | 'thumb'

/** Files on disk, two levels deep by the random end of their id. A name that is there is whole: it was synced before it got it. */
export interface FileStore {
  write(fileId: string, variant: Variant, bytes: Buffer): Promise<void>
  pathOf(fileId: string, variant: Variant): string
  remove(fileId: string): Promise<void>
  /** Ids on disk and leftovers of writes that were cut off, older than the given age. */
  survey(olderThanMs: number, now: number): AsyncIterable<{ fileId: string | undefined; path: string }>
}

export function openFileStore(folder: string): FileStore {
  const pathOf = (fileId: string, variant: Variant): string => join(folder, fileId.slice(-2), fileId.slice(-4, -2), variant === 'thumb' ? `${fileId}.thumb` : fileId)
  return {
    pathOf,
    async write(fileId, variant, bytes) {
      const path = pathOf(fileId, variant)
      const parts = `${path}.part`
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        const file = await open(parts, 'w', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(parts, path)
        await syncFolder(dirname(path))
      } catch (error) {
        await rm(parts, { force: true }).catch(() => {})
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'ENOSPC' || code === 'EDQUOT') throw FileError('no_room', { detail: '服务器存满了，照片暂时传不上；可以先不带照片提交' })
        throw error
      }
    },
    async remove(fileId) {
      for (const variant of ['full', 'thumb'] as const) await rm(pathOf(fileId, variant), { force: true })
    },
    async *survey(olderThanMs, now) {
      for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
        const path = join(folder, name)
        const info = await stat(path).catch(() => undefined)
        if (!info?.isFile() || now - info.mtimeMs < olderThanMs) continue
        const match = /([0-9a-f-]{36})(\.thumb)?$/.exec(name)
        yield { fileId: match?.[1], path }
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
