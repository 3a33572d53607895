/** The three communities in use, drawn over an invented plan; everything else of the county is the public list of divisions. */
export interface CommunityPlan {
  code: string
  /** South-west corner of the plan. */
  corner: { lon: number; lat: number }
  /** Meters. */
  width: number
  height: number
  cells: readonly CellPlan[]
}

export interface CellPlan {
  /** Last three digits of its code. */
  suffix: string
  name: string
  buildings: readonly string[]
}

const numbered = (count: number, name: (number: number) => string, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => name(from + i))

/** Old estate without a property company: row houses of the seventies around former factories. */
const oldEstate: CommunityPlan = {
  code: '510131001002',
  corner: { lon: 103.5012, lat: 30.1948 },
  width: 640,
  height: 460,
  cells: [
    { suffix: '001', name: '朝阳第一网格', buildings: numbered(12, (n) => `农机厂宿舍 ${n} 号楼`) },
    { suffix: '002', name: '朝阳第二网格', buildings: numbered(14, (n) => `粮站家属院 ${n} 号楼`) },
    { suffix: '003', name: '朝阳第三网格', buildings: [...numbered(9, (n) => `东门巷 ${n * 2} 号`), '朝阳社区党群服务中心', '东门菜市场'] },
    { suffix: '004', name: '朝阳第四网格', buildings: [...numbered(10, (n) => `丝绸厂小区 ${n} 栋`), '朝阳小学'] },
  ],
}

/** Commercial estate with a property company and an owners' committee. */
const commercialEstate: CommunityPlan = {
  code: '510131001006',
  corner: { lon: 103.5104, lat: 30.1979 },
  width: 720,
  height: 520,
  cells: [
    { suffix: '001', name: '飞龙第一网格', buildings: numbered(12, (n) => `飞龙花园 ${n} 栋`) },
    { suffix: '002', name: '飞龙第二网格', buildings: numbered(12, (n) => `飞龙花园 ${n} 栋`, 13) },
    { suffix: '003', name: '飞龙第三网格', buildings: [...numbered(10, (n) => `翠湖苑 ${n} 栋`), '飞龙社区卫生服务站'] },
    { suffix: '004', name: '飞龙第四网格', buildings: [...numbered(8, (n) => `飞龙街 ${n * 10} 号`), '飞龙商业广场', '飞龙幼儿园'] },
  ],
}

/** Village: groups of houses along a stream. */
const village: CommunityPlan = {
  code: '510131104201',
  corner: { lon: 103.4241, lat: 30.2563 },
  width: 1600,
  height: 1200,
  cells: [
    { suffix: '001', name: '两河第一网格', buildings: numbered(9, (n) => `1 组 ${n} 号院`) },
    { suffix: '002', name: '两河第二网格', buildings: [...numbered(8, (n) => `2 组 ${n} 号院`), '两河村委会'] },
    { suffix: '003', name: '两河第三网格', buildings: numbered(8, (n) => `3 组 ${n} 号院`) },
    { suffix: '004', name: '两河第四网格', buildings: [...numbered(8, (n) => `4 组 ${n} 号院`), '两河村果品冷库'] },
  ],
}

export const communityPlans = { oldEstate, commercialEstate, village } as const
export type CommunityName = keyof typeof communityPlans

/** Townships and further communities that story people and history name. */
export const placeCodes = {
  county: '510131',
  subdistrict: '510131001',
  otherSubdistrict: '510131002',
  town: '510131104',
  oldEstate: oldEstate.code,
  commercialEstate: commercialEstate.code,
  village: village.code,
  /** Of the second subdistrict; no cells there yet. */
  songhua: '510131002004',
  chengnan: '510131002006',
} as const
export type PlaceName = keyof typeof placeCodes

export interface DrawnCell {
  code: string
  name: string
  boundary: { type: 'Polygon'; coordinates: [number, number][][] }
  center: { lon: number; lat: number }
  buildings: { name: string; lon: number; lat: number }[]
}

/** Nine corners of a two-by-two plan as shares of its width and height: lanes are never quite straight. */
const corners: readonly (readonly [number, number])[] = [
  [0, 0.03],
  [0.52, 0],
  [1, 0.04],
  [0.02, 0.49],
  [0.48, 0.53],
  [0.98, 0.5],
  [0.01, 1],
  [0.5, 0.97],
  [1, 0.99],
]
const quarters = [
  [0, 1, 4, 3],
  [1, 2, 5, 4],
  [3, 4, 7, 6],
  [4, 5, 8, 7],
] as const

/** The cells of a community with outline and buildings: neighbors share their edges, every building lies inside its cell. */
export function drawCells(plan: CommunityPlan): DrawnCell[] {
  const at = ([x, y]: readonly [number, number]): [number, number] => toLonLat(plan, x * plan.width, y * plan.height)
  return plan.cells.map((cell, i) => {
    const shares = quarters[i]!.map((corner) => corners[corner]!)
    const ring = [...shares, shares[0]!].map(at)
    const left = Math.max(shares[0]![0], shares[3]![0]) + 0.04
    const right = Math.min(shares[1]![0], shares[2]![0]) - 0.04
    const bottom = Math.max(shares[0]![1], shares[1]![1]) + 0.05
    const top = Math.min(shares[2]![1], shares[3]![1]) - 0.05
    const columns = Math.ceil(Math.sqrt(cell.buildings.length * 1.4))
    const rows = Math.ceil(cell.buildings.length / columns)
    const buildings = cell.buildings.map((name, n) => {
      const x = left + ((n % columns) / Math.max(1, columns - 1)) * (right - left)
      const y = top - (Math.floor(n / columns) / Math.max(1, rows - 1)) * (top - bottom)
      const [lon, lat] = at([x, y])
      return { name, lon, lat }
    })
    const [lon, lat] = at([(left + right) / 2, (top + bottom) / 2])
    return {
      code: `${plan.code}${cell.suffix}`,
      name: cell.name,
      boundary: { type: 'Polygon', coordinates: [ring] },
      center: { lon, lat },
      buildings,
    }
  })
}

/** The middle of a community. */
export function middleOf(plan: CommunityPlan): { lon: number; lat: number } {
  const [lon, lat] = toLonLat(plan, plan.width / 2, plan.height / 2)
  return { lon, lat }
}

/** The outline of a community: around its cells. */
export function drawCommunity(plan: CommunityPlan): DrawnCell['boundary'] {
  const ring = [0, 1, 2, 5, 8, 7, 6, 3, 0].map((corner) =>
    toLonLat(plan, corners[corner]![0] * plan.width, corners[corner]![1] * plan.height),
  )
  return { type: 'Polygon', coordinates: [ring] }
}

export function toLonLat({ corner }: CommunityPlan, east: number, north: number): [number, number] {
  const lat = corner.lat + north / 110_540
  const lon = corner.lon + east / (111_320 * Math.cos((corner.lat * Math.PI) / 180))
  return [round(lon), round(lat)]
}

export const round = (degrees: number, decimals = 6): number => Math.round(degrees * 10 ** decimals) / 10 ** decimals
