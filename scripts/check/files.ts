import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './step.ts'

export interface TextFile {
  path: string
  text: string
}

const TEXT = /\.(tsx?|mjs|css|sql|json|md|html|ya?ml|sh)$|(^|\/)(run|LICENSE|\.npmrc|\.env\.example)$/

/** Every text file that is or is about to be in the repository, without what git ignores. */
export function listFiles(): TextFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  return listed
    .split('\0')
    .filter((path) => TEXT.test(path) && path !== 'package-lock.json' && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}
