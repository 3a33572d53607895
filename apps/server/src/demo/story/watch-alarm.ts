import type { DemoFile } from '../demo-file.ts'
import type { Awaited } from './steps.ts'

/** What became of the alarm of one device, as somebody on duty reads it. */
export interface Watched {
  look(): Promise<{ reached: ReadonlySet<Awaited>; told: readonly string[] }>
  /** What a device said last, by key. */
  latestOf(code: string): Promise<Record<string, number>>
}

interface EpisodeOfDevice {
  episodeId: string
  stage: 'raised' | 'acknowledged' | 'departed' | 'arrived' | 'settled'
  arrivedAt: string | null
  devices: { code: string }[]
  lines: { kind: string; rung?: string }[]
}

/** Signs in as an account of the demo, over HTTP as every page does. */
export async function watchAlarm({ baseUrl, logins }: DemoFile, account: string, code: string): Promise<Watched> {
  const password = logins.find((login) => login.account === account)?.password
  const ask = async <T>(path: string, init: { token?: string; body?: object }): Promise<T> => {
    const answer = await fetch(`${baseUrl}/api/v1${path}`, {
      method: init.body ? 'POST' : 'GET',
      headers: {
        ...(init.token && { authorization: `Bearer ${init.token}` }),
        ...(init.body && { 'content-type': 'application/json' }),
      },
      ...(init.body && { body: JSON.stringify(init.body) }),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return (await answer.json()) as T
  }
  const { token } = await ask<{ token: string }>('/sessions', { body: { account, password } })
  const read = <T>(path: string): Promise<T> => ask<T>(path, { token })
  let episodeId: string | undefined

  const find = async (): Promise<EpisodeOfDevice | undefined> => {
    if (episodeId) return read(`/episodes/${episodeId}`)
    const { items } = await read<{ items: { episodeId: string }[] }>('/episodes?state=open&rule=elderly-care.sos&limit=100')
    for (const one of items) {
      const episode = await read<EpisodeOfDevice>(`/episodes/${one.episodeId}`)
      if (!episode.devices.some((device) => device.code === code)) continue
      episodeId = one.episodeId
      return episode
    }
    return undefined
  }

  return {
    look: async () => {
      const episode = await find()
      const rungs = episode?.lines.flatMap(({ kind, rung }) => (kind === 'told' && rung ? [rung] : [])) ?? []
      return { reached: reachedBy(episode), told: [...new Set(rungs)] }
    },
    latestOf: async (device) => {
      const { items } = await read<{ items: { deviceId: string; code: string }[] }>(`/devices?q=${device}`)
      const found = items.find((one) => one.code === device)
      if (!found) return {}
      const { latest } = await read<{ latest: { key: string; value: number }[] }>(`/devices/${found.deviceId}`)
      return Object.fromEntries(latest.map(({ key, value }) => [key, value]))
    },
  }
}

/** Whoever ends an alarm has answered it, whatever he skipped on the way. */
function reachedBy(episode: EpisodeOfDevice | undefined): Set<Awaited> {
  if (!episode) return new Set()
  if (episode.stage === 'settled') return new Set(['raised', 'acknowledged', 'arrived', 'settled'])
  const reached = new Set<Awaited>(['raised'])
  if (episode.stage !== 'raised') reached.add('acknowledged')
  if (episode.arrivedAt !== null) reached.add('arrived')
  return reached
}
