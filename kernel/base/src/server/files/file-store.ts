import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileError } from './file-error.ts'

export type Variant = 'full' | 'thumb'

/** Files on disk, two levels deep by the random end of their id. A name that is there is whole: it was synced before it got it. */
export interface FileStore {
  /** Puts a stream on disk as it comes, so that slow and many uploads cost no memory. The caller removes it; a failed one is removed here. */
  receive(stream: Readable): Promise<{ path: string }>
  write(fileId: string, variant: Variant, bytes: Buffer): Promise<void>
  /** Undefined when there is no such file or variant. */
  read(fileId: string, variant: Variant): Promise<{ stream: Readable; bytes: number } | undefined>
  remove(fileId: string): Promise<void>
  /** What lies on disk and is older than the given age: files by their id, leftovers of cut-off writes without one. */
  survey(olderThanMs: number, now: number): AsyncIterable<{ fileId: string | undefined; path: string }>
}

export function openFileStore(folder: string): FileStore {
  const pathOf = (fileId: string, variant: Variant): string =>
    join(folder, fileId.slice(-2), fileId.slice(-4, -2), variant === 'thumb' ? `${fileId}.thumb` : fileId)
  return {
    async receive(stream) {
      const path = join(folder, 'incoming', `${randomUUID()}.part`)
      await orNoRoom(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await pipeline(stream, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
      })
      return { path }
    },
    async write(fileId, variant, bytes) {
      const path = pathOf(fileId, variant)
      const draft = `${path}.part`
      await orNoRoom(draft, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        const file = await open(draft, 'w', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(draft, path)
        await syncFolder(dirname(path))
      })
    },
    async read(fileId, variant) {
      const path = pathOf(fileId, variant)
      const info = await stat(path).catch(() => undefined)
      return info && { stream: createReadStream(path), bytes: info.size }
    },
    async remove(fileId) {
      for (const variant of ['full', 'thumb'] as const) await rm(pathOf(fileId, variant), { force: true })
    },
    async *survey(olderThanMs, now) {
      for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
        const path = join(folder, name)
        const info = await stat(path).catch(() => undefined)
        if (!info?.isFile() || now - info.mtimeMs < olderThanMs) continue
        yield { fileId: /(?:^|\/)([0-9a-f]{8}-[0-9a-f-]{27})(?:\.thumb)?$/.exec(name)?.[1], path }
      }
    },
  }
}

/** Leaves nothing of a write that failed; a full disk is said as such. */
async function orNoRoom(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    await rm(path, { force: true }).catch(() => {})
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOSPC' || code === 'EDQUOT') throw FileError('no_room', { detail: '服务器存满了，照片暂时传不上；可以先不带照片提交' })
    throw error
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
