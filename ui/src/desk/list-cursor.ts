/** Where the selection of a list goes for a key; undefined when the key is none of the list's. */
export function stepOf(key: string): 'next' | 'previous' | 'first' | 'last' | undefined {
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return 'next'
    case 'k':
    case 'K':
    case 'ArrowUp':
      return 'previous'
    case 'Home':
      return 'first'
    case 'End':
      return 'last'
    default:
      return undefined
  }
}

/** The id to select after a step. Nothing selected yet: the first (or, going up, the last). The ends hold: no wrap-around into surprise. */
export function moveCursor(
  ids: readonly string[],
  selected: string | undefined,
  step: 'next' | 'previous' | 'first' | 'last',
): string | undefined {
  if (ids.length === 0) return undefined
  if (step === 'first') return ids[0]
  if (step === 'last') return ids.at(-1)
  const at = selected === undefined ? -1 : ids.indexOf(selected)
  if (at < 0) return step === 'next' ? ids[0] : ids.at(-1)
  return ids[Math.min(ids.length - 1, Math.max(0, at + (step === 'next' ? 1 : -1)))]
}

/**
 * The selection after the list changed under it. What was selected stays selected while it is there;
 * when it left (it was handled), the one that took its place follows, so that work goes on downward.
 */
export function keepCursor(before: readonly string[], after: readonly string[], selected: string | undefined): string | undefined {
  if (selected === undefined || after.includes(selected)) return selected
  const at = before.indexOf(selected)
  if (at < 0) return after[0]
  const later = before.slice(at + 1).find((id) => after.includes(id))
  if (later !== undefined) return later
  return before.slice(0, at).findLast((id) => after.includes(id)) ?? after[0]
}
