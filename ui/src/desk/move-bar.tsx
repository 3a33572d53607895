import { useMemo } from 'react'
import { useDefinitionText } from '../text/index.ts'
import { moveKeys } from './move-keys.ts'
import { KeyCap } from './sep.tsx'

interface Offer {
  key: string
  name: string
  primary: boolean
  because: string | null
}

interface MoveBarProps {
  label: string
  moves: readonly Offer[]
  onMove(key: string): void
  /** The move being sent: its button is busy, the others wait. */
  busy?: string | undefined
  /** Names of moves as this page says them, e.g. "dispatch to the housing bureau". */
  rename?: Record<string, string> | undefined
  /** Keys are printed and obeyed only where they act. */
  withKeys?: boolean
}

/** The moves that the server offered, no more and no less; the first choice is blue and is Enter. */
export function MoveBar({ label, moves, onMove, busy, rename, withKeys = true }: MoveBarProps) {
  const text = useDefinitionText()
  const keys = useMemo(() => moveKeys(moves), [moves])
  // Only one move is the first choice, however many the definition marks.
  const first = moves.find((move) => move.primary)
  const sorted = first ? [first, ...moves.filter((move) => move !== first)] : moves
  return (
    <div className="dk-moves" role="toolbar" aria-label={label}>
      {sorted.map((move) => (
        <button
          key={move.key}
          type="button"
          className={move === first ? 'dk-button dk-button-primary' : 'dk-button'}
          disabled={busy !== undefined}
          aria-busy={busy === move.key || undefined}
          title={move.because ? text(`note.${move.because}`, move.because) : undefined}
          onClick={() => onMove(move.key)}
        >
          {rename?.[move.key] ?? text(`move.${move.key}`, move.name)}
          {withKeys && keys.get(move.key) ? <KeyCap>{keys.get(move.key) as string}</KeyCap> : null}
        </button>
      ))}
    </div>
  )
}
