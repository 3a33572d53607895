import { useLanguage } from '@linli/ui/text'

interface FigureButtonProps {
  count: number
  /** What it counts, for whoever does not see the table around it. */
  of: string
  onOpen(): void
}

/** A number that opens its cases; nought has none. */
export function FigureButton({ count, of, onOpen }: FigureButtonProps) {
  const words = count.toLocaleString(useLanguage())
  if (count === 0) return <span className="wb-figure-none">0</span>
  return (
    <button type="button" className="wb-figure" aria-haspopup="dialog" aria-label={`${of} ${words}`} onClick={onOpen}>
      {words}
    </button>
  )
}

/** `84.2%`; a dash where there is nothing to divide by. */
export function Share({ value }: { value: number | null }) {
  return value === null ? <span className="wb-figure-none">—</span> : <>{(100 * value).toFixed(1)}%</>
}
