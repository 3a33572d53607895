import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { accept } from './accept.ts'
import { acceptPage } from './accept-page.ts'
import { alarm } from './alarm.ts'
import { alarmPage } from './alarm-page.ts'
import { areas } from './areas.ts'
import type { Bench, BenchReport } from './bench.ts'
import { exportRows } from './export.ts'
import { find } from './find.ts'
import { findPage } from './find-page.ts'
import { importCases } from './import.ts'
import { importSection, withSection } from './import-section.ts'
import { ingest } from './ingest.ts'
import { ingestPage } from './ingest-page.ts'
import { statistics } from './statistics.ts'
import { statisticsPage } from './statistics-page.ts'
import { worklist } from './worklist.ts'
import { worklistPage } from './worklist-page.ts'

const benches: readonly Bench[] = [accept, areas, exportRows, importCases, worklist, statistics, ingest, alarm, find]

/** The pages that are committed; `before` is what stands there. */
const pages: Record<string, (report: BenchReport, machine: { cores: number; node: string }, today: string, before: string) => string> = {
  accept: acceptPage,
  import: (report, machine, today, before) => withSection(before, importSection(report, machine, today)),
  worklist: worklistPage,
  statistics: statisticsPage,
  ingest: ingestPage,
  alarm: alarmPage,
  find: findPage,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    small: { type: 'boolean' },
    explain: { type: 'boolean' },
    report: { type: 'boolean' },
    size: { type: 'string' },
    data: { type: 'string' },
  },
})
const bench = benches.find((other) => other.name === positionals[0])
if (!bench) {
  console.error(
    `npm run bench -- NAME [--json] [--small] [--explain] [--report] [--size 1m] [--data DIR]; benches: ${benches.map((other) => other.name).join(', ')}`,
  )
  process.exit(2)
}
const say = values.json ? () => {} : (line: string) => console.log(line)
const { small = false, explain = false, size, data: dataDir } = values
const report = await bench.run({ small, explain, say, size, dataDir })
const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version }
const page = pages[bench.name]
if (values.report && page) {
  // `ingest.md` is the proof that nothing is lost.
  const name = bench.name === 'ingest' ? 'ingest-speed' : bench.name
  const file = new URL(`../../../docs/proof/${name}.md`, import.meta.url)
  const before = await readFile(file, 'utf8').catch(() => '')
  await writeFile(file, page(report, machine, new Date().toISOString().slice(0, 10), before))
}
if (values.json) console.log(JSON.stringify({ ...report, machine }))
else console.log({ ...report, machine })
process.exit(0)
