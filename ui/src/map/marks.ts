/** Something at a place on the map. */
export interface Mark {
  id: string
  /** 1 is the most urgent. */
  level: number
  /** Nobody has answered yet. */
  isRinging: boolean
  /** What it is and where, in one sentence. */
  name: string
  position: { lon: number; lat: number }
  /** Only about here: drawn as a ring around, never as a point. */
  isRough: boolean
}

/** Marks that stand so near to each other on the frame that they are drawn as one; of one alone a group of one. */
export interface MarkGroup {
  key: string
  x: number
  y: number
  marks: readonly Mark[]
}

type PixelOf = (position: Mark['position']) => readonly [number, number] | undefined

/** Nearer than this, in pixels, two marks would hide each other. */
export const touching = 34

/** Groups marks by where they stand on the frame; each group is at its most urgent mark and named after it. */
export function groupMarks(marks: readonly Mark[], pixelOf: PixelOf): MarkGroup[] {
  const groups: { x: number; y: number; marks: Mark[] }[] = []
  for (const mark of [...marks].sort((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1))) {
    const pixel = pixelOf(mark.position)
    if (!pixel) continue
    const [x, y] = pixel
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < touching)
    if (near) near.marks.push(mark)
    else groups.push({ x, y, marks: [mark] })
  }
  return groups.map(({ x, y, marks: own }) => ({ key: own[0]!.id, x, y, marks: own }))
}
