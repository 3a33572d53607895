import { sql } from '@linli/base/server'
import type { ErasureHold } from '@linli/registry/server'

/** An alarm about a person that has not ended: whoever goes there must know to whom. */
export const openAlarmHold: ErasureHold = {
  said: (count) => `还有 ${count} 条没有处置完的告警`,
  async count(system, personIds) {
    const { open } = await system.get(sql<{ open: number }>`
      SELECT count(*)::int AS open FROM signals.episode
      WHERE settled_at IS NULL AND subject_kind = 'person' AND subject_id = ANY (${personIds}::uuid[])`)
    return open
  },
}

/** A device that would still call for a person who has no file. */
export const wornDeviceHold: ErasureHold = {
  said: (count) => `还有 ${count} 台随身设备没有停用`,
  async count(system, personIds) {
    const { worn } = await system.get(sql<{ worn: number }>`
      SELECT count(*)::int AS worn FROM signals.device
      WHERE state <> 'retired' AND subject_kind = 'person' AND subject_id = ANY (${personIds}::uuid[])`)
    return worn
  },
}
