import type { ListQuery, Place, Rate } from '../api/read-wall.ts'

/** What somebody asked to see behind a figure. */
export interface Opened {
  figure: ListQuery['figure']
  /** Absent only for lists that show kinds side by side, which no figure does. */
  kind?: string
  place: Place
  /** The figure as it stood when it was opened. */
  count?: number
  /** A rate is opened with what it is made of. */
  rate?: Rate
}

export type Open = (opened: Opened) => void

/**
 * The same list in the workbench; undefined where the workbench has no address for it. It shows what the post that signs in there sees,
 * so it is offered for the wall's own area only.
 */
export function workbenchAddress({ figure, kind }: Opened): string | undefined {
  const ofKind: Record<string, string> = kind && kind !== 'appeal' ? { kind } : {}
  const list = (search: Record<string, string>) => `/workbench/list?${new URLSearchParams({ ...ofKind, ...search })}`
  switch (figure) {
    case 'open':
      return list({ queue: 'all' })
    case 'overdue':
    case 'dueSoon':
    case 'paused':
      return list({ queue: 'all', clock: figure })
    case 'supervised':
      return list({ queue: 'supervised' })
    case 'ruling':
      return `/workbench/queue?${new URLSearchParams({ ...ofKind, tab: 'rule' })}`
    default:
      return undefined
  }
}
