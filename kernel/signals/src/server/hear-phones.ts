import type { Subscriber } from '@linli/base/server'
import type { SignalsDeps } from './deps.ts'
import { answerByPhone } from './move-episode.ts'

interface Heard {
  aboutKind: string | null
  aboutId: string | null
  areaPath: string | null
  recipientKind: string
  recipientId: string
  recipientName: string
}

/** What became of the messages and calls of an alarm: open pages show it, and a key pressed answers. */
export function phoneSubscriber(deps: Pick<SignalsDeps, 'rules'>): Subscriber {
  return {
    name: 'signals.phones',
    events: ['delivery.changed', 'message.acknowledged'],
    async apply(system, { event, payload }) {
      const { aboutKind, aboutId, areaPath, recipientKind, recipientId, recipientName } = payload as unknown as Heard
      if (aboutKind !== 'episode' || !aboutId) return
      if (event === 'delivery.changed') system.emit('alarm.changed', { episodeId: aboutId, areaPath })
      else await answerByPhone(system, deps, aboutId, { kind: recipientKind, id: recipientId, name: recipientName })
    },
  }
}
