import type { LucideIcon } from 'lucide-react'

/** A decorative outline beside a word; never stands alone. */
export function Icon({ of: Shape, className }: { of: LucideIcon; className?: string }) {
  return <Shape className={className ? `icon ${className}` : 'icon'} strokeWidth={1.75} aria-hidden="true" focusable="false" />
}
