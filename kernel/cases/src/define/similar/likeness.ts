import { maximalShared, meaningfulGrams } from './shared-words.ts'

/** What two reports are compared by: where, when and in which words. Nothing in it is about a person. */
export interface Sighting {
  readonly communityId: string | null
  readonly place: string | null
  readonly position: { readonly lon: number; readonly lat: number } | null
  /** Milliseconds. */
  readonly at: number
  readonly words: string
  readonly category: string | null
}

/** How alike two reports are, from 0 to 100, and what speaks for it. */
export interface Likeness {
  readonly score: number
  readonly place: 'sameBuilding' | 'near' | 'sameCommunity' | 'elsewhere'
  readonly building: string | null
  readonly meters: number | null
  readonly days: number
  readonly words: readonly string[]
  readonly sameCategory: boolean
}

/** Published with every answer: from this score on two reports are shown to a person as perhaps the same. Nothing is merged by it. */
export const similarFrom = 55
/** How far back is looked, in days; what is closed is looked at for a shorter time. */
export const similarWithin = { openDays: 60, closedDays: 14 } as const

const share = { place: 40, time: 20, words: 40 } as const
/** Two places further apart are no longer near; a building is about this wide. */
const nearMeters = 300
/** After so many days the time speaks half as loud. */
const halfLifeDays = 12
const dayMs = 86_400_000

/** The same for (a, b) and (b, a); never more for a longer way or a longer time between them. */
export function likenessOf(a: Sighting, b: Sighting): Likeness {
  const [ours, theirs] = [wordsOf(a, b), wordsOf(b, a)]
  const words = maximalShared(ours, theirs)
  const sameCategory = a.category !== null && a.category === b.category
  const days = Math.abs(a.at - b.at) / dayMs
  const { key, weight, building, meters } = placeOf(a, b)
  const said = saidOf(a, b, ours, theirs)
  // Two matters in one house on one day are two matters, unless something of them is the same; and so are the same words of two places.
  const score = said === 0 || weight === 0 ? 0 : share.place * weight + share.time * 0.5 ** (days / halfLifeDays) + share.words * said
  return { score: Math.round(score), place: key, building, meters, days: Math.floor(days), words, sameCategory }
}

interface PlaceLikeness {
  key: Likeness['place']
  weight: number
  building: string | null
  meters: number | null
}

function placeOf(a: Sighting, b: Sighting): PlaceLikeness {
  const building = buildingOf(a.place)
  const sameCommunity = a.communityId !== null && a.communityId === b.communityId
  const meters = a.position && b.position ? metersBetween(a.position, b.position) : null
  const near = meters === null ? 0 : Math.max(0, 1 - meters / nearMeters)
  if (building && building === buildingOf(b.place) && sameCommunity) return { key: 'sameBuilding', weight: 1, building, meters }
  if (near > 0.25) return { key: 'near', weight: near, building: null, meters }
  if (sameCommunity) return { key: 'sameCommunity', weight: 0.25, building: null, meters }
  return { key: 'elsewhere', weight: near, building: null, meters }
}

/** The share of the shorter words that the longer ones contain; a category that agrees speaks for it, one that does not speaks against. */
function saidOf(a: Sighting, b: Sighting, ours: string, theirs: string): number {
  const [left, right] = [meaningfulGrams(ours), meaningfulGrams(theirs)]
  const common = [...left].filter((gram) => right.has(gram)).length
  const fewest = Math.max(3, Math.min(left.size, right.size))
  const overlap = Math.min(1, common / fewest)
  if (overlap === 0) return 0
  if (a.category === null || b.category === null) return overlap
  return a.category === b.category ? Math.min(1, overlap + 0.3) : overlap * 0.6
}

/** What was said without where: the name of an estate in both says nothing about the matter. */
function wordsOf(own: Sighting, other: Sighting): string {
  const names = [own.place, other.place].flatMap((place) => nameOf(place) ?? [])
  return names.reduce((text, name) => text.replaceAll(name, ' '), own.words)
}

const buildingPattern = /^(.*?\d+)\s*(号楼|号院|栋|幢|座|号)/u

const nameOf = (place: string | null): string | undefined => /^[^\d]{2,}/u.exec(place?.trim() ?? '')?.[0].trim()

/** `飞龙花园 3 栋 2 单元` and `飞龙花园3栋` are the same building; a place without a number is none. */
export function buildingOf(place: string | null): string | null {
  const found = place && buildingPattern.exec(place.replace(/\s+/g, ''))
  return found ? `${found[1]}${found[2]}` : null
}

const radius = 6_371_000
const toRadians = (degrees: number): number => (degrees * Math.PI) / 180

/** Over the ground, in whole meters. */
export function metersBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const [up, across] = [toRadians(b.lat - a.lat), toRadians(b.lon - a.lon)]
  const half = Math.sin(up / 2) ** 2 + Math.cos(toRadians(a.lat)) * Math.cos(toRadians(b.lat)) * Math.sin(across / 2) ** 2
  return Math.round(2 * radius * Math.asin(Math.min(1, Math.sqrt(half))))
}
