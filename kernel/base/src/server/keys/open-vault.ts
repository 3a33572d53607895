import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createVault, type Vault } from '../crypto.ts'
import { explainFileError, StartError } from '../embedded/start-error.ts'

/**
 * The vault over `DATA_DIR/keys/master.key`: made at the first start, 32 random bytes, readable by its owner alone.
 * Throws StartError when the file has another length or others can read it: a key that leaked or broke must not be used quietly.
 */
export async function openVault(dataDir: string): Promise<Vault> {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'master.key')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await makeOnce(path)
    const { mode } = await stat(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new StartError(2, `${path} can be read by others. chmod 600 it, and think about who may have copied it.`)
    const key = await readFile(path)
    if (key.length !== 32)
      throw new StartError(
        2,
        `${path} is not a master key (${key.length} bytes, not 32). Put the one from the backup there; without it sealed data is lost.`,
      )
    return createVault(key)
  } catch (error) {
    throw explainFileError(error, path)
  }
}

/**
 * The key gets its name only when it is whole and synced, and only where there is none: a kill in between leaves no half key, and of two
 * processes starting together one makes it and both use it.
 */
async function makeOnce(path: string): Promise<void> {
  if (await exists(path)) return
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(randomBytes(32))
      await file.sync()
    } finally {
      await file.close()
    }
    await link(draft, path)
    await syncFolder(dirname(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** A name survives a power cut only when its folder was synced too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
