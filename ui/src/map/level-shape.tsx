/** Levels by shape as well as by color: an octagon, a triangle, a diamond and a ring, each with its number of strokes inside. */
const outlines: Readonly<Record<number, string>> = {
  1: 'M8 1h8l7 7v8l-7 7H8l-7-7V8z',
  2: 'M12 1.5 23.5 22H.5z',
  3: 'M12 .5 23.5 12 12 23.5.5 12z',
  4: 'M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22z',
}
const strokes: Readonly<Record<number, string>> = {
  1: 'M12 6v7.5M12 17v.5',
  2: 'M12 9v6M12 18v.5',
  3: 'M12 7v10',
  4: 'M7.5 12h9',
}

/** Decoration: whoever uses it says the level in words. */
export function LevelShape({ level }: { level: number }) {
  return (
    <svg className="mp-shape" data-level={level} viewBox="0 0 24 24" aria-hidden="true">
      <path className="mp-shape-body" d={outlines[level] ?? outlines[4]} />
      <path className="mp-shape-stroke" d={strokes[level] ?? strokes[4]} />
    </svg>
  )
}
