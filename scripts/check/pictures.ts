import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TextFile } from './files.ts'
import { type Finding, ROOT } from './step.ts'

const FOLDER = 'docs/screenshots'
/** Together: every clone pays for them, in every version that was ever kept. */
const MOST = 4_000_000

export interface Picture {
  name: string
  bytes: number
}

/** The pictures that journeys take, each with the journey that comes to what it shows. */
export function listTaken(files: TextFile[]): { name: string; path: string }[] {
  return files
    .filter(({ path }) => /^e2e\/[^/]+\.spec\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bpicture\(\w+(?:\.page)?, '([a-z0-9-]+)'\)/g)].map((match) => ({ name: match[1]!, path })),
    )
}

/** A picture is taken by one journey, kept, and shown by README or guide: what is none of these is stale or never was. */
export function checkPictures(files: TextFile[], kept: Picture[] = listKept()): Finding {
  const taken = listTaken(files)
  const shown = files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) => [...text.matchAll(/screenshots\/([^)"'\s]+)\.png/g)].map((match) => ({ name: match[1]!, path })))
  const names = (list: readonly { name: string }[]) => new Set(list.map(({ name }) => name))
  const [takenNames, keptNames, shownNames] = [names(taken), names(kept), names(shown)]
  const bytes = kept.reduce((sum, one) => sum + one.bytes, 0)
  return {
    problems: [
      ...taken
        .filter(({ name }, at) => taken.findIndex((one) => one.name === name) < at)
        .map(({ name, path }) => `${path}: another journey takes ${name} too`),
      ...taken.filter(({ name }) => !shownNames.has(name)).map(({ name, path }) => `${path}: no page of README or guide shows ${name}`),
      ...shown.filter(({ name }) => !takenNames.has(name)).map(({ name, path }) => `${path}: no journey takes ${name}`),
      ...shown
        .filter(({ name }) => !keptNames.has(name))
        .map(({ name, path }) => `${path}: ${FOLDER}/${name}.png is not there; npm run screenshots`),
      ...kept.filter(({ name }) => !shownNames.has(name)).map(({ name }) => `${FOLDER}/${name}.png: nothing shows it`),
      ...(bytes > MOST ? [`${FOLDER}: ${bytes} bytes; ${MOST} is the limit`] : []),
    ],
    seen: kept.length,
  }
}

function listKept(): Picture[] {
  return readdirSync(join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.png'))
    .map((file) => ({ name: file.slice(0, -4), bytes: statSync(join(ROOT, FOLDER, file)).size }))
}
