import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@linli/base/define'
import mqtt from 'mqtt'
import type { DemoFile } from '../demo-file.ts'
import { type Awaited, type Saying, type StoryLine, story } from './steps.ts'
import { type Watched, watchAlarm } from './watch-alarm.ts'

export interface PlayOptions {
  /** `DATA_DIR/demo.json` */
  demoFile: string
  /** Seconds between two things that she does. */
  pace: number
  hear(line: StoryLine): void
  signal: AbortSignal
}

/** A morning is over sooner than this, whatever nobody does. */
const patienceMs = 15 * 60_000
const lookMs = 700

/** Plays the morning against a running platform, from outside: devices over MQTT, and what became of the alarm over HTTP. Ends by itself. */
export async function playStory({ demoFile, pace, hear, signal }: PlayOptions): Promise<void> {
  try {
    const demo = await readDemo(demoFile)
    const watched = await watchAlarm(demo, 'community', 'WB-0001')
    const endsAt = Date.now() + patienceMs
    const heard = new Set<string>()
    for (const step of story) {
      hear({ step: step.key, state: 'begun' })
      if (step.says) await say(demo, watched, step.says)
      const isDone = step.awaits ? await becomes(step.awaits) : await pause()
      if (!isDone) return hear({ ending: 'left' })
      hear({ step: step.key, state: 'done' })
    }
    hear({ ending: 'ended' })

    async function pause(): Promise<true> {
      await sleep(pace * 1000, undefined, { signal })
      return true
    }

    async function becomes(wanted: Awaited): Promise<boolean> {
      for (;;) {
        const { reached, told } = await watched.look()
        for (const rung of told.filter((one) => !heard.has(one))) {
          heard.add(rung)
          hear({ told: rung })
        }
        if (reached.has(wanted)) return true
        if (Date.now() > endsAt) return false
        await sleep(lookMs, undefined, { signal })
      }
    }
  } catch (error) {
    if (signal.aborted) return
    hear({ ending: 'broken', why: (error as Error).message })
  }
}

async function readDemo(demoFile: string): Promise<DemoFile> {
  const text = await readFile(demoFile, 'utf8').catch(() => undefined)
  if (text === undefined) throw new Error(`there is no ${demoFile}: start the platform with demo data first`)
  return JSON.parse(text) as DemoFile
}

/** One message of one device with an unmodified client: it connects, says it, and is gone when it was stored. */
async function say({ mqttUrl, devices }: DemoFile, watched: Watched, { code, values, adds }: Saying): Promise<void> {
  const device = devices.find((one) => one.code === code)
  if (!device || !mqttUrl) throw new Error(`the demo has no ${code}`)
  const said = adds ? await goOn(watched, code, values) : values
  const client = await mqtt.connectAsync(mqttUrl, {
    clientId: code,
    username: code,
    password: device.secret,
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  await client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ id: newId(), values: said }), { qos: 1 })
  await client.endAsync()
}

/** A meter that begins at nought would be a new one. */
async function goOn(watched: Watched, code: string, values: Saying['values']): Promise<Record<string, number>> {
  const latest = await watched.latestOf(code)
  return Object.fromEntries(Object.entries(values).map(([key, more]) => [key, Math.round(((latest[key] ?? 0) + more) * 100) / 100]))
}
