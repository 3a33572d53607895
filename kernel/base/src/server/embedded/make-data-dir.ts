import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { explainFileError, StartError } from './start-error.ts'

/** Makes the platform's data folder, closed to others, and makes sure that it can be written. Throws StartError. */
export function makeDataDir(dataDir: string): void {
  const folder = resolve(dataDir)
  try {
    makeFolder(folder)
    const probe = join(folder, `.write-${process.pid}`)
    closeSync(openSync(probe, 'w'))
    rmSync(probe)
  } catch (error) {
    throw explainFileError(error, folder)
  }
}

/** One level at a time: `recursive` of Node never returns where the system says "no such folder" of a parent that is there (/proc). */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (folder !== dirname(folder)) makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return
    if (code === 'ENOENT') throw new StartError(2, `DATA_DIR: ${folder} cannot be made there. Point DATA_DIR at a folder you own.`)
    throw error
  }
}
