/** The ways out of the house. */
export type OutsideChannel = 'sms' | 'voice'
export const outsideChannels: readonly OutsideChannel[] = ['sms', 'voice']

/** What a provider says about a message or a call. `acknowledged`: the person pressed the key that says "I heard it". */
export type ReceiptKind = 'delivered' | 'failed' | 'noAnswer' | 'answered' | 'acknowledged'
export const receiptKinds: readonly ReceiptKind[] = ['delivered', 'failed', 'noAnswer', 'answered', 'acknowledged']

/** `needless`: what it was for was over before it was sent. `dead`: given up, until a person looks at it. */
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'delivered' | 'answered' | 'acknowledged' | 'failed' | 'needless' | 'dead'
export const deliveryStates: readonly DeliveryState[] = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'answered',
  'acknowledged',
  'failed',
  'needless',
  'dead',
]

/** In the order in which a provider learns of it; receipts may come in any. */
const weight: Readonly<Record<ReceiptKind, number>> = { failed: 1, noAnswer: 1, delivered: 2, answered: 3, acknowledged: 4 }

/** What a delivery is, from all that was said of it: the strongest word, whatever the order in which they came. */
export function stateOf(receipts: readonly ReceiptKind[]): DeliveryState {
  const [strongest] = [...receipts].sort((a, b) => weight[b] - weight[a])
  if (!strongest) return 'sent'
  return strongest === 'noAnswer' ? 'failed' : strongest
}

/** Seconds until the next try after so many; a provider that is away for two hours is a matter for a person. */
const retrySeconds = [2, 5, 15, 60, 300, 900, 1800, 3600]

/** Milliseconds to the next try, or undefined when it is given up. */
export function retryAfterMs(attempts: number): number | undefined {
  const seconds = retrySeconds[attempts - 1]
  return seconds === undefined ? undefined : seconds * 1000
}

/** When a way out is welcome to a resident: at any hour, outside quiet hours, not at all. */
export type Welcome = 'always' | 'awake' | 'never'
export const welcomes: readonly Welcome[] = ['always', 'awake', 'never']

/** Minutes of the day, Asia/Shanghai; may cross midnight. */
export interface QuietHours {
  readonly from: number
  readonly to: number
}

const dayMs = 86_400_000
const minuteMs = 60_000
const shanghaiMs = 8 * 3_600_000

/** The first instant from `at` on that is not quiet. */
export function afterQuiet(at: Date, quiet: QuietHours | null): Date {
  if (!quiet) return at
  const ms = at.getTime()
  const minute = Math.floor(((ms + shanghaiMs) % dayMs) / minuteMs)
  const { from, to } = quiet
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to
  if (!isQuiet) return at
  const left = (to - minute + 1440) % 1440
  return new Date(Math.floor(ms / minuteMs) * minuteMs + left * minuteMs)
}

/** When that which is due at `at` may go this way; undefined: not at all. Nothing urgent asks. */
export function whenWelcome(at: Date, welcome: Welcome, quiet: QuietHours | null): Date | undefined {
  if (welcome === 'never') return undefined
  return welcome === 'always' ? at : afterQuiet(at, quiet)
}
