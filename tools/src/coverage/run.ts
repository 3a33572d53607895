import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** `npm run coverage:requirements`: which rows of the mission tests name, and which row ids are names of nothing. */
const root = fileURLToPath(new URL('../../../', import.meta.url))
const list = fileURLToPath(new URL('../../../../shared/requirements.json', import.meta.url))

const named = new Map<string, string[]>()
for await (const path of glob('{kernel,scenes,apps,ui,tools,e2e}/**/*.{test,spec}.{ts,tsx}', { cwd: root })) {
  if (path.includes('node_modules')) continue
  for (const [, id] of readFileSync(`${root}${path}`, 'utf8').matchAll(/\[([A-Z]{2,6}-\d{2})\]/g))
    named.set(id!, [...(named.get(id!) ?? []), path])
}

const rows = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { id: string; en: string }[]) : undefined
const known = new Map(rows?.map((row) => [row.id, row.en]))
for (const [id, paths] of [...named].sort()) console.log(`${id}  ${known.get(id) ?? ''}\n    ${[...new Set(paths)].join('\n    ')}`)
const unknown = rows ? [...named.keys()].filter((id) => !known.has(id)) : []
if (unknown.length > 0) console.error(`Not in the list of requirements: ${unknown.join(', ')}`)
console.log(
  rows
    ? `${named.size - unknown.length} of ${rows.length} requirement rows are named by tests`
    : `${named.size} requirement rows are named by tests; the list itself is not here`,
)
process.exit(unknown.length > 0 ? 1 : 0)
