import { sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import type { DeviceFacts } from './device-book.ts'
import type { Fault } from './read-message.ts'

/** What a device says of itself, now and then: `{"firmware": "2.1.0"}`. Answers what was wrong with it; kept when it answers nothing. */
export async function keepInfo(
  deps: Pick<TransactionDeps, 'pool' | 'clock'>,
  { deviceId }: DeviceFacts,
  payload: Buffer,
): Promise<Fault | undefined> {
  const said = payload.length <= 1024 ? parse(payload.toString('utf8')) : undefined
  if (said === undefined) return { reason: 'json-malformed' }
  const firmware = typeof said === 'object' && said !== null && 'firmware' in said ? said.firmware : undefined
  if (typeof firmware !== 'string' || !/^[\x21-\x7e]{1,40}$/.test(firmware)) return { reason: 'shape-unknown', field: 'firmware' }
  await transact(deps, systemActor, (system) =>
    system.run(sql`UPDATE signals.device_state SET firmware = ${firmware} WHERE device_id = ${deviceId}`),
  )
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
