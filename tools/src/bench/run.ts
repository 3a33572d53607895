import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { accept } from './accept.ts'
import { acceptPage } from './accept-page.ts'
import { areas } from './areas.ts'
import type { Bench } from './bench.ts'
import { exportRows } from './export.ts'

const benches: readonly Bench[] = [accept, areas, exportRows]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, small: { type: 'boolean' }, explain: { type: 'boolean' }, report: { type: 'boolean' } },
})
const bench = benches.find((other) => other.name === positionals[0])
if (!bench) {
  console.error(
    `npm run bench -- NAME [--json] [--small] [--explain] [--report]; benches: ${benches.map((other) => other.name).join(', ')}`,
  )
  process.exit(2)
}
const say = values.json ? () => {} : (line: string) => console.log(line)
const report = await bench.run({ small: values.small ?? false, explain: values.explain ?? false, say })
const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version }
// The page that is committed: of the intake, with its plans.
if (values.report && bench === accept) {
  const page = acceptPage(report, machine, new Date().toISOString().slice(0, 10))
  await writeFile(new URL('../../../docs/proof/accept.md', import.meta.url), page)
}
if (values.json) console.log(JSON.stringify({ ...report, machine }))
else console.log({ ...report, machine })
process.exit(0)
