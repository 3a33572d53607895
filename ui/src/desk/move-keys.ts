interface Offered {
  key: string
  primary: boolean
}

/** Letters that the pages use themselves: J K walk, F filters, G and slash search. */
const taken = new Set(['J', 'K', 'F', 'G'])

/**
 * The key printed on each move: Enter on the primary one, on the others the first letter of the move's own key that is still free, else a digit.
 * Pure and stable in the order given, so that the same offers always get the same keys.
 */
export function moveKeys(moves: readonly Offered[]): Map<string, string> {
  const keys = new Map<string, string>()
  const used = new Set(taken)
  const primary = moves.find((move) => move.primary)
  if (primary) keys.set(primary.key, 'Enter')
  for (const move of moves) {
    if (move === primary) continue
    const letter = Array.from(move.key.toUpperCase()).find((c) => c >= 'A' && c <= 'Z' && !used.has(c))
    const key = letter ?? Array.from('123456789').find((digit) => !used.has(digit))
    if (!key) continue
    used.add(key)
    keys.set(move.key, key)
  }
  return keys
}

/** The move that a pressed key stands for. */
export function moveOfKey(moves: readonly Offered[], pressed: string): string | undefined {
  const wanted = pressed.length === 1 ? pressed.toUpperCase() : pressed
  for (const [move, key] of moveKeys(moves)) if (key === wanted) return move
  return undefined
}
