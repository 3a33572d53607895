import type { Clock } from '@linli/base/server'
import type { OutsideChannel, ReceiptKind } from '../define/delivery.ts'
import { type ChannelAdapter, ChannelFault, type Channels, type Outgoing } from '../server/outside/channel.ts'

export interface OnPhone extends Outgoing {
  channel: OutsideChannel
  at: Date
}

/** Channels that keep what they are given, by key as a provider does; for tests of those who tell. The wire is tested with its adapter. */
export class FakePhones {
  readonly arrived: OnPhone[] = []
  readonly channels: Channels
  isDown = false

  constructor(clock: Clock) {
    const channel = (name: OutsideChannel): ChannelAdapter => ({
      send: async (outgoing) => {
        if (this.isDown) throw new ChannelFault('down', false)
        if (!this.arrived.some(({ key }) => key === outgoing.key)) this.arrived.push({ ...outgoing, channel: name, at: clock.now() })
        return { ref: `fake-${outgoing.key}` }
      },
      readReceipt: ({ key, kind }) => ({ key: String(key), ref: String(kind), kind: kind as ReceiptKind, reason: null, at: clock.now() }),
    })
    this.channels = new Map([
      ['sms', channel('sms')],
      ['voice', channel('voice')],
    ])
  }

  on(phone: string): OnPhone[] {
    return this.arrived.filter((one) => one.phone === phone)
  }
}
