/** The kinds of work that desks see in lists of their own; never one list, never one sum. */
export const kinds = ['appeal', 'event', 'callOut', 'assistance'] as const
export type Kind = (typeof kinds)[number]

/** The kind of an address: appeals, where it names none. */
export const kindOf = (text: string | undefined): Kind => kinds.find((kind) => kind === text) ?? 'appeal'

/** As the address says it: what is usual is left out. */
export const kindInAddress = (kind: Kind): { kind?: Kind } => (kind === 'appeal' ? {} : { kind })

/** What an event's urgency is called, most usual first. */
export const levels = ['ordinary', 'pressing', 'urgent', 'critical'] as const
