import type { OutsideChannel, ReceiptKind } from '../../define/delivery.ts'
import type { Language } from '../../define/template.ts'

/** What goes to a provider. */
export interface Outgoing {
  /** The same on every try: a provider that has this key sends nothing again and answers as it did. */
  readonly key: string
  readonly phone: string
  readonly text: string
  readonly lang: Language
}

/** What a provider says of one delivery, once its signature held. */
export interface Receipt {
  /** The key that it was sent with. */
  readonly key: string
  /** Tells two receipts of one delivery apart, and the same one said twice together. */
  readonly ref: string
  readonly kind: ReceiptKind
  readonly reason: string | null
  readonly at: Date
}

/** A provider of one channel: filled by an adapter, wired in `apps/server`. */
export interface ChannelAdapter {
  /** Answers the provider's own number for it. Throws ChannelFault; anything else thrown counts as one that may pass. */
  send(outgoing: Outgoing): Promise<{ ref: string }>
  /** The receipt in this body, or undefined when nobody who knows the secret said it. */
  readReceipt(body: Readonly<Record<string, unknown>>): Receipt | undefined
}

/** Channels that are set up. May be filled after the start; what waits for a missing one is given up with that reason. */
export type Channels = Map<OutsideChannel, ChannelAdapter>

/** A provider did not take it. `isFinal`: asking again will not help (no such number, blocked words, no money left). */
export class ChannelFault extends Error {
  readonly isFinal: boolean
  constructor(reason: string, isFinal: boolean) {
    super(reason)
    this.name = 'ChannelFault'
    this.isFinal = isFinal
  }
}
