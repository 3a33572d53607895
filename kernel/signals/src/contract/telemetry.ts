import { endpoint } from '@linli/base/contract'
import { z } from 'zod'
import { DeviceCode } from './device.ts'

/**
 * What a device without MQTT sends: `Authorization: Bearer SECRET` and the payload of its telemetry topic, `{"ts"?, "id"?, "values"}`. The
 * body is judged as a message is, not by a schema: what does not fit is kept in quarantine, and 422 says why. Answered when it is committed.
 */
export const sendTelemetry = endpoint({
  method: 'POST',
  path: '/devices/:code/telemetry',
  summary: '设备上报（入库后才应答）',
  permission: 'public',
  rate: 60_000,
  params: z.object({ code: DeviceCode }),
  result: z.object({ stored: z.boolean() }),
  errors: ['signals.device_refused', 'signals.message_quarantined'],
})
