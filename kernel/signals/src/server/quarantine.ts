import { newId } from '@linli/base/define'
import { type Ctx, sha256, sql } from '@linli/base/server'
import type { DeviceFacts } from './device-book.ts'
import type { Fault } from './read-message.ts'

/** A message that could not be taken, or not whole. */
export interface Refused {
  device: DeviceFacts
  payload: Buffer
  channel: 'mqtt' | 'http'
  fault: Fault
}

const keptBytes = 4096

/** Keeps what could not be taken. A device that repeats the same fault counts up its row, so that a broken one cannot fill the table. */
export async function quarantine(system: Ctx, refused: readonly Refused[]): Promise<void> {
  const byName = new Map<string, { one: Refused; hash: Buffer; times: number }>()
  for (const one of refused) {
    const hash = sha256(one.payload)
    const name = `${one.device.deviceId} ${one.fault.reason} ${hash.toString('hex')}`
    const before = byName.get(name)
    if (before) before.times++
    else byName.set(name, { one, hash, times: 1 })
  }
  // In one order, so that two batches with the same faults wait for each other instead of both failing.
  for (const [, { one, hash, times }] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { device, payload, channel, fault } = one
    await system.run(sql`
      INSERT INTO signals.quarantine AS q (quarantine_id, device_id, reason, field, payload, payload_bytes, payload_hash, channel, times, first_at, last_at, area_path)
      VALUES (${newId(system.now.getTime())}, ${device.deviceId}, ${fault.reason}, ${fault.field ?? null}, ${payload.subarray(0, keptBytes)}, ${payload.length},
        ${hash}, ${channel}, ${times}, ${system.now}, ${system.now}, ${device.areaPath})
      ON CONFLICT (device_id, reason, payload_hash) WHERE state = 'waiting'
      DO UPDATE SET times = q.times + excluded.times, last_at = greatest(q.last_at, excluded.last_at)`)
  }
}
