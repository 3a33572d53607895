import type { TestDatabase } from '@linli/base/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { expect } from 'vitest'
import type { APerson, SignalsApp } from './signals-app.ts'

export interface ASensor {
  deviceId: string
  client: MqttClient
  say(values: Record<string, number>, at?: number): Promise<void>
  /** Waits until the ledger knows whether it holds a session. */
  isHere(isHere: boolean): Promise<void>
}

/** A sensor of a home with its session open. */
export async function aSensor(
  { app, db }: { app: SignalsApp; db: TestDatabase },
  kind: 'motion' | 'door' | 'meter',
  { addressId }: Pick<APerson, 'addressId'>,
  wanted: object = {},
): Promise<ASensor> {
  const { deviceId, code, secret } = await app.aDevice(kind, { subject: { kind: 'dwelling', id: addressId }, ...wanted })
  const client = await mqtt.connectAsync(app.mqtt.url, {
    clientId: code,
    username: code,
    password: secret,
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  const isHere = async (wanted: boolean): Promise<void> => {
    const here = `SELECT node_id IS NOT NULL AS here FROM signals.device_state WHERE device_id = '${deviceId}'`
    await expect.poll(async () => (await db.superuser(here))[0]).toEqual({ here: wanted })
  }
  await isHere(true)
  return {
    deviceId,
    client,
    isHere,
    say: async (values, at = db.clock.now().getTime()) => {
      await client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ ts: at, values }), { qos: 1 })
    },
  }
}
