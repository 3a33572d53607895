import { systemActor, transact } from '@linli/base/server'
import { waitMs } from '../define/ladder.ts'
import { revoke } from './change-device.ts'
import type { SignalsDeps } from './deps.ts'
import type { DeviceFacts } from './device-book.ts'
import { open } from './raise-episodes.ts'

/** Counts how often sessions of one device end each other, in this process. */
export interface CloneWatch {
  /** A session of this device was ended by another that showed its secret; `true` when that became one time too many. */
  takenOver(device: DeviceFacts, address: string): Promise<boolean>
}

/** One that comes again because its line broke ends its own old session; only a young one that is ended was somebody else's. */
export const youngSessionMs = 120_000

/**
 * Two that say that they are one device push each other out again and again. It is told as an alarm, and the secret that both have is shut
 * until a person gives a new one; but what somebody calls for help with is never shut out on a suspicion.
 */
export function watchForClones(deps: SignalsDeps): CloneWatch {
  const ended = new Map<string, number[]>()
  return {
    takenOver: async (device, address) => {
      const now = deps.clock.now().getTime()
      for (const { rule, takenOver } of deps.rules.takenOver) {
        if (!takenOver.kinds.includes(device.model.key)) continue
        const times = [...(ended.get(device.code) ?? []).filter((at) => at > now - waitMs(takenOver.for)), now]
        ended.set(device.code, times)
        if (times.length < takenOver.times) continue
        ended.delete(device.code)
        await transact(deps, systemActor, async (system) => {
          const alarm = await open(system, deps, rule, { device, message: { at: now } })
          if (alarm) deps.meters.alarmed(rule.key)
          if (!device.model.isLifeline) await revoke(system, device.deviceId, 'cloned')
          system.audit({
            action: 'signals.device_cloned',
            subjectKind: 'device',
            subjectId: device.deviceId,
            areaPath: device.areaPath,
            detail: { code: device.code, address, times: times.length, isShut: !device.model.isLifeline },
          })
        })
        return !device.model.isLifeline
      }
      return false
    },
  }
}
