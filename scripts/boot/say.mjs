import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const CACHE = join(ROOT, '.cache')

/** Something the person at the terminal must change (2) or provide (3), said in one line. */
export class BootError extends Error {
  constructor(exitCode, message) {
    super(message)
    this.exitCode = exitCode
  }
}

/** What of an error is of use: one line of ours, everything of one nobody foresaw. */
export function isWorthSaying(error) {
  return error instanceof BootError ? `linli: ${error.message}` : error
}

/** Progress goes to stderr: stdout belongs to the program that runs afterwards, and may be read by another one. */
export function say(line) {
  process.stderr.write(`linli: ${line}\n`)
}

/** Says what is being done and, while it takes, for how long. */
export async function during(what, work) {
  const start = Date.now()
  const seconds = () => Math.round((Date.now() - start) / 1000)
  say(`${what} …`)
  const timer = setInterval(() => say(`${what} … ${seconds()} s`), 10_000)
  try {
    const result = await work()
    say(`${what}: done in ${seconds()} s`)
    return result
  } finally {
    clearInterval(timer)
  }
}

/** Turns what the system says about a file of the clone into one line; passes everything else through. */
export function explain(error, path) {
  const code = error?.code
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new BootError(2, `${path} cannot be written by this user (${code}). Clone into a folder you own.`)
  if (['ENOSPC', 'EDQUOT'].includes(code)) return new BootError(3, `The disk that holds ${path} is full (${code}).`)
  return error
}
