/**
 * Something outside the program keeps it from starting. `message` is one line for the person at the terminal;
 * `exitCode` is 2 where a setting must change and 3 where something the platform stands on is missing or broken.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly exitCode: 2 | 3

  constructor(exitCode: 2 | 3, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Turns what the operating system says about a file or folder into a StartError; passes everything else through. */
export function explainFileError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException)?.code
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartError(2, `DATA_DIR: ${path} cannot be written by this user (${code}). Point DATA_DIR at a folder you own.`)
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') return new StartError(2, `DATA_DIR: ${path} is not a folder (${code}).`)
  // 53100 is how PostgreSQL says it.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') {
    return new StartError(3, `The disk that holds ${path} is full (${code}). Free some space and start again; nothing is lost.`)
  }
  return error
}
