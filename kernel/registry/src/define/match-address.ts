import { levelNumber } from './address-forms.ts'
import { type AddressPart, levelsIn, narrow, readAddress } from './read-address.ts'

/** A building or home that a text may name: what is said before its number, where that stands, and what is said below it. */
export interface NamedPlace {
  /** As `registry.name_key` writes the name of a place: 幸福小区#3, or the whole name where it has no number. */
  key: string
  /** Half open, in the text of `plainAddress`; `end` is behind the number. */
  start: number
  end: number
  /** Something stands between the name and the number, or the number may be a floor. */
  hasGap: boolean
  /** Nothing but the number is said. */
  isBare: boolean
}

/** What a text says below a building, as keys of entrance and home; of a home in the order in which they are to be believed. */
export interface SaidBelow {
  cell: string | undefined
  rooms: readonly string[]
  /** Another building is named further on: what was taken for one is a road number. */
  goesOn: boolean
}

/** A home on record in a building that a text may name. */
export interface KnownHome {
  room: string
  /** Nothing where the building has no entrances. */
  cell: string | undefined
}

export const longestText = 100
const longestName = 20
const farthestNumber = 10

/** Half width, small letters, no spaces, dashes and zeros where they were meant: positions of a `NamedPlace` are in this text. */
export const plainAddress = (text: string): string =>
  narrow(text)
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(?<=\d)一(?=\d)/g, '-')
    .replace(/(?<=\d)o(?=\d)/g, '0')
    .slice(0, longestText)

/** Every name that the text may contain; the registry knows which of them are places. At most some thousands. */
export function namesIn(plain: string): NamedPlace[] {
  const places: NamedPlace[] = []
  for (const unit of [...levelsIn(plain), ...gluedIn(plain)]) {
    if (/^(?:单元|[层室房户])$/.test(unit.suffix)) continue
    const number = `#${levelNumber(plain.slice(unit.start, unit.end))}`
    // 8楼 is a floor more often than a building.
    const isFloor = unit.suffix === '楼'
    places.push({ key: number, start: unit.start, end: unit.end, hasGap: isFloor, isBare: true })
    const joint = /[-_—–~、,，.。/之*]*$/.exec(plain.slice(0, unit.start))![0].length
    const adjacent = unit.start - joint
    for (let end = adjacent; end > Math.max(0, adjacent - farthestNumber); end -= 1)
      for (let start = end - 1; start >= Math.max(0, end - longestName); start -= 1)
        places.push({ key: plain.slice(start, end) + number, start, end: unit.end, hasGap: isFloor || end !== adjacent, isBare: false })
  }
  for (let start = 0; start < plain.length - 1; start += 1)
    for (let end = start + 2; end <= Math.min(plain.length, start + longestName); end += 1)
      places.push({ key: plain.slice(start, end), start, end, hasGap: false, isBare: false })
  return places
}

/** Buildings with a letter whose home follows at once: A2292, 13B3761. */
const gluedIn = (plain: string) =>
  [...plain.matchAll(/(?<![a-z\d])(?:\d{1,3}[a-z]|[a-z]{1,2})(?=[-_]?\d{2,5}(?!\d))/g)].map(({ 0: whole, index }) => ({
    start: index,
    end: index + whole.length,
    suffix: '',
  }))

/** Entrance, floor and room as they are said behind the number of a building. */
export function saidBelow(plain: string, { start, end }: Pick<NamedPlace, 'start' | 'end'>): SaidBelow {
  // A building in front decides what the numbers behind it are, and whether it is a number alone (3-2-501) decides with it.
  const building = /\d$/.test(plain.slice(start, end)) ? '园1' : '园1号楼'
  const tail = plain.slice(end)
  const spans = readAddress(building + tail).filter((span) => span.start >= building.length)
  const numberOf = (type: AddressPart): string | undefined => {
    const span = spans.find((one) => one.type === type)
    return span && levelNumber((building + tail).slice(span.start, span.end))
  }
  const [floor, room] = [numberOf('floorno'), numberOf('roomno')]
  // 82-B-1405: a letter alone is an entrance, and so is 6门.
  const cell = numberOf('cellno') ?? /^-?(?:([a-z])-?(?=\d)|(\d{1,2})[门梯])/.exec(tail)?.slice(1).find(Boolean)
  const several = /\d+-\d+(?=[室户号]|$)/.exec(tail)?.[0]
  const readings = [
    // 5层01室 is home 501.
    ...(floor !== undefined && room !== undefined && room.length <= 2 ? [floor + room.padStart(2, '0')] : []),
    ...(room === undefined ? [] : [room]),
    ...(several === undefined ? [] : [several]),
    // Whatever else may have been meant by it: the registry knows.
    ...(/[〇零一二三四五六七八九]{3,4}$/.exec(tail) ?? []).map(levelNumber),
    ...(room === undefined ? [floor, cell].filter((one) => one !== undefined) : []),
    ...(tail.match(/[a-z]?\d+[a-z]?/g) ?? []),
  ]
  return {
    cell: cell === undefined ? undefined : `#${cell}`,
    rooms: [...new Set(readings)].map((one) => `#${one}`),
    goesOn: spans.some(({ type }) => type === 'houseno'),
  }
}

/** A place on record whose name a text contains. */
export interface KnownPlace {
  key: string
  addressId: string
  /** Division names from the community up, as they are written: 幸福社区, 青松街道. */
  divisions: readonly string[]
  /** Those of its homes that bear a number which the text says; nothing for a home that has a name of its own. */
  homes: readonly (KnownHome & { addressId: string })[] | undefined
}

export interface Match {
  addressId: string
  /** 0 to 1; nobody's home is taken from a text below `settledFrom` without a person who looked. */
  score: number
}

/** Standards 1.4: never merged by itself below this. */
export const settledFrom = 0.95
const tie = 0.03

/** What is taken off a match for what the text leaves open. */
const less = {
  /** Nothing but a number, and the text names the community. */
  bareInCommunity: 0.03,
  /** Nothing but a number is said at all. */
  bare: 0.1,
  /** Only the number fits; what is said before it names something else. */
  bareElsewhere: 0.3,
  /** Something stands between the name and the number. */
  gap: 0.06,
  /** A longer name at the same number is a place too. */
  shadowed: 0.2,
  /** What was taken for a building is followed by another one. */
  goesOn: 0.3,
  /** Words without a number follow the name. */
  wordsFollow: 0.08,
  cellLeftOut: 0.04,
  cellLeftOutOfSeveral: 0.1,
  cellTooMuch: 0.1,
  secondReading: 0.02,
  noSuchHome: 0.3,
  rivals: 0.1,
} as const

/** Which of these places a text means, best first: homes, and buildings where the text says no home or one that is not on record. */
export function matchPlaces(plain: string, known: readonly KnownPlace[]): Match[] {
  const named = Map.groupBy(namesIn(plain), ({ key }) => key)
  const found = known.flatMap((place) => (named.get(place.key) ?? []).map((name) => ({ place, name, below: saidBelow(plain, name) })))
  const best = new Map<string, number>()
  for (const one of found) {
    const longest = Math.min(
      ...found.filter(({ name }) => name.end === one.name.end && !name.isBare && !name.hasGap).map(({ name }) => name.start),
    )
    const start = 1 - lostByName(plain, one) - (one.name.start > longest ? less.shadowed : 0)
    for (const { addressId, score } of matchBelow(one, start)) best.set(addressId, Math.max(best.get(addressId) ?? 0, score))
  }
  const matches = [...best].map(([addressId, score]) => ({ addressId, score: Math.max(0, score) }))
  const top = Math.max(0, ...matches.map(({ score }) => score))
  const isOpen = matches.filter(({ score }) => score > top - tie).length > 1
  return matches
    .map(({ addressId, score }) => ({ addressId, score: Math.round((isOpen ? score - less.rivals : score) * 100) / 100 }))
    .sort((a, b) => b.score - a.score || (a.addressId < b.addressId ? -1 : 1))
}

interface Found {
  place: KnownPlace
  name: NamedPlace
  below: SaidBelow
}

function lostByName(plain: string, { place, name, below }: Found): number {
  const before = plain.slice(0, name.start)
  const isNear = place.divisions.some((division) => before.includes(shortDivision(division)))
  let lost = name.hasGap ? less.gap : 0
  if (name.isBare) lost += isNear ? less.bareInCommunity : /\p{L}/u.test(before) ? less.bareElsewhere : less.bare
  if (below.goesOn) lost += less.goesOn
  if (!name.key.includes('#') && /^\p{L}/u.test(plain.slice(name.end)) && below.rooms.length === 0) lost += less.wordsFollow
  return lost
}

/** 幸福社区 is said as 幸福 as well. */
const shortDivision = (name: string): string =>
  name.replace(/(?:社区居民委员会|村民委员会|居民委员会|社区|居委会|村委会|街道)$/, '') || name

function matchBelow({ place, below }: Found, start: number): Match[] {
  const { addressId, homes } = place
  if (homes === undefined || below.rooms.length === 0) return [{ addressId, score: start }]
  const matches = below.rooms.flatMap((room, nth) => {
    // A number is not both at once.
    const said = below.cell === room ? undefined : below.cell
    const there = homes.filter((home) => home.room === room && (said === undefined || home.cell === undefined || home.cell === said))
    return there.map((home) => ({
      addressId: home.addressId,
      score: start - lostByCell(said, home.cell, there.length) - (nth > 0 ? less.secondReading : 0),
    }))
  })
  return matches.length > 0 ? matches : [{ addressId, score: start - less.noSuchHome }]
}

function lostByCell(said: string | undefined, known: string | undefined, sameRoom: number): number {
  if (said !== undefined) return known === undefined ? less.cellTooMuch : 0
  if (known === undefined) return 0
  return sameRoom > 1 ? less.cellLeftOutOfSeveral : less.cellLeftOut
}
