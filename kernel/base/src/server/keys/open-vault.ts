import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
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
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new StartError(2, `${path} can be read by others. chmod 600 it, and think about who may have copied it.`)
    const key = await readFile(path)
    if (key.length !== 32) throw new StartError(2, `${path} is not a master key (${key.length} bytes, not 32). Put the one from the backup there; without it sealed data is lost.`)
    return createVault(key)
  } catch (error) {
    throw explainFileError(error, path)
  }
}

/** Two processes starting together make one key: the file is created only where there is none, and synced before anything is sealed with it. */
async function makeOnce(path: string): Promise<void> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    throw error
  }
  try {
    await file.write(randomBytes(32))
    await file.sync()
  } finally {
    await file.close()
  }
}
