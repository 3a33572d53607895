/** What `mqtt-load.ts` is told over IPC. */
export interface Orders {
  seconds: number
  /** Closed loop: unanswered messages per device. */
  window?: number
  /** Open loop: messages a second of all devices together. */
  rate?: number
  /** Share of messages that are a call for help; each device calls once. */
  calls?: number
  /** Messages carry an id beside their time. */
  ids?: boolean
}

export interface LoadAnswer {
  acked: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Calls for help: who, when (milliseconds, fine), and how long until PUBACK. */
  calls: { code: string; at: number; ackedAfter: number }[]
  unanswered: number
}

/** Milliseconds of the system's clock, with fractions, the same in every process. */
export const fineNow = (): number => performance.timeOrigin + performance.now()
