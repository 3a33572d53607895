import { randomUUID } from 'node:crypto'
import mqtt, { type MqttClient } from 'mqtt'
import type { ApiClient } from './api.ts'
import type { Demo } from './platform-of-run.ts'

/** Sends one message as a device of the demo does, with an unmodified MQTT client; answers when it was acknowledged. */
export async function sendAs({ mqttUrl, devices }: Demo, code: string, values: Record<string, number>): Promise<void> {
  const device = devices.find((one) => one.code === code)
  if (!device) throw new Error(`the demo town has no ${code}`)
  const client = await mqtt.connectAsync(mqttUrl, { clientId: code, username: code, password: device.secret, protocolVersion: 4 })
  await client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ values }), { qos: 1 })
  await client.endAsync()
}

/** Devices of the demo whose sessions stay open: one that is offline is no silence of a person. */
export async function keepOnline({ mqttUrl, devices }: Demo, codes: readonly string[]) {
  return Promise.all(
    codes.map(async (code) => {
      const device = devices.find((one) => one.code === code)
      if (!device) throw new Error(`the demo town has no ${code}`)
      const client: MqttClient = await mqtt.connectAsync(mqttUrl, {
        clientId: code,
        username: code,
        password: device.secret,
        protocolVersion: 4,
      })
      return { client, say: (values: object) => client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ values }), { qos: 1 }) }
    }),
  )
}

export interface Alarm {
  episodeId: string
  number: string
  stage: string
  level: number
  arrivedAt: string | null
  devices: { code: string }[]
  lines: { at: string; kind: string; rung?: string; attempt?: number; told?: number | null }[]
}

/** The open alarm that this device raised; that it is offline again is no alarm of a person. */
export async function alarmOf(api: ApiClient, code: string): Promise<Alarm> {
  const { items } = await api.get<{ items: { episodeId: string; rule: string }[] }>('/episodes?state=open&limit=100')
  for (const { episodeId } of items.filter(({ rule }) => !rule.startsWith('signals.'))) {
    const alarm = await api.get<Alarm>(`/episodes/${episodeId}`)
    if (alarm.devices.some((device) => device.code === code)) return alarm
  }
  throw new Error(`no open alarm of ${code}`)
}

/** Ends what another journey may have left open in the scope of this account, so that the page of this one rings for its own. */
export async function endAlarms(api: ApiClient): Promise<void> {
  const { items } = await api.get<{ items: { episodeId: string }[] }>('/episodes?state=open&limit=100')
  for (const { episodeId } of items)
    await api.post(`/episodes/${episodeId}/moves/settle`, { requestId: randomUUID(), outcome: 'TEST', text: '别的演练留下的' })
}
