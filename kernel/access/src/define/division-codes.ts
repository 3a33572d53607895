/** Levels of division from the top down, with the digits of their statistical code (standards 1.3). Cells are ours and have no list. */
export const divisionLevels = [
  { level: 'province', digits: 2 },
  { level: 'prefecture', digits: 4 },
  { level: 'county', digits: 6 },
  { level: 'township', digits: 9 },
  { level: 'community', digits: 12 },
] as const
export type DivisionLevel = (typeof divisionLevels)[number]['level']

const cellDigits = 15
const microCellDigits = 17

/** The level of an area with this code, undefined for what is no code of an area. */
export function levelOfCode(code: string): DivisionLevel | 'cell' | undefined {
  if (!/^\d+$/.test(code)) return undefined
  if (code.length === cellDigits || code.length === microCellDigits) return 'cell'
  return divisionLevels.find(({ digits }) => digits === code.length)?.level
}

/** The code of the area that this code says it lies in, null at the top. */
export function codeAbove(code: string): string | null {
  const lengths = [...divisionLevels.map(({ digits }) => digits), cellDigits, microCellDigits]
  const length = lengths.findLast((digits) => digits < code.length)
  return length === undefined ? null : code.slice(0, length)
}

/** 直辖市 and 自治区 (GB/T 2260); further provinces are provinces. */
const provinceKinds: Record<string, string> = {
  ...Object.fromEntries(['11', '12', '31', '50'].map((code) => [code, 'municipality'])),
  ...Object.fromEntries(['15', '45', '54', '64', '65'].map((code) => [code, 'autonomous_region'])),
  ...Object.fromEntries(['81', '82'].map((code) => [code, 'special_region'])),
}

/** 市辖区, 省直辖县级行政区划: no government, only a place in the code. */
const isGroup = (name: string): boolean => /^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$/u.test(name)

/** What an area is by its code, within its level. The ranges are those of the statistical code (standards 1.3). */
export function kindOfCode(code: string, name: string): string {
  const last = Number(code.slice(codeAbove(code)?.length ?? 0))
  switch (levelOfCode(code)) {
    case 'province':
      return provinceKinds[code] ?? 'province'
    case 'prefecture':
      if (isGroup(name)) return 'group'
      return last > 20 && last <= 50 ? 'prefecture' : 'city'
    case 'county':
      return kindOfCounty(code, last)
    case 'township':
      return last < 100 ? 'subdistrict' : last < 200 ? 'town' : last < 400 ? 'rural_township' : 'functional_zone'
    case 'community':
      return last < 200 || (last >= 400 && last < 500) ? 'urban_community' : 'village'
    default:
      return code.length === microCellDigits ? 'micro_cell' : 'grid'
  }
}

/** 71 to 79 are development zones that the statistics keep apart; below a city without districts (…00) lie its townships. */
function kindOfCounty(code: string, last: number): string {
  if (last === 0) return 'group'
  if (last > 80) return 'county_city'
  if (last > 70) return 'functional_zone'
  if (last > 20) return 'county'
  return code.slice(2, 4) === '90' ? 'county_city' : 'district'
}

/** 鹤山社区居委会 → 鹤山社区, 两河村村委会 → 两河村: the place, not its committee. A committee without a place keeps its name. */
export function placeName(name: string): string {
  return name.replace(/(?:居民|村民)委员会$|[居村]委会$|(?<=社区|嘎查)委员?会$/u, '') || name
}
