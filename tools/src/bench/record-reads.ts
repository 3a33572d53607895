import { startPlatform } from '@linli/server'
import { readConfig } from '@linli/server/config'
import type pg from 'pg'
import { type Recorded, recordingPool } from './record-statements.ts'
import type { Stage } from './stage.ts'

export interface Reading {
  /** Without slashes: the bare server answers it under this name. */
  name: string
  token: string
  /** Below `/api/v1`. */
  path: string
}

/** What the product sends to PostgreSQL for each reading, once its session is known. */
export async function recordReads(stage: Stage, readings: readonly Reading[]): Promise<Record<string, Recorded[]>> {
  let recorder: ReturnType<typeof recordingPool> | undefined
  const instrument = (pool: pg.Pool): pg.Pool => {
    recorder = recordingPool(pool)
    return recorder.pool
  }
  const config = readConfig({ ...stage.env, DATA_DIR: stage.folder, PORT: '0', LINLI_ROLE: 'http' })
  const platform = await startPlatform(config, () => {}, { instrument })
  const one = async ({ token, path }: Reading): Promise<Recorded[]> => {
    recorder!.take()
    const answer = await fetch(`${platform.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (!answer.ok) throw new Error(`recording ${path}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
    // Each transaction has its own number; sessions and the background have small ones.
    const transactions = Map.groupBy(recorder!.take(), ({ by }) => by)
    return [...transactions.values()].reduce((most, lines) => (lines.length > most.length ? lines : most), [])
  }
  const alone = async (reading: Reading): Promise<Recorded[]> => {
    let before = await one(reading)
    for (let attempt = 0; attempt < 20; attempt++) {
      const sent = await one(reading)
      const isSame = sent.length === before.length && sent.every((line, i) => line.name === before[i]!.name)
      if (isSame && sent.length > 2) return sent
      before = sent
    }
    throw new Error(`${reading.name} could not be recorded alone`)
  }
  try {
    const recorded: Record<string, Recorded[]> = {}
    for (const reading of readings) recorded[reading.name] = await alone(reading)
    return recorded
  } finally {
    await platform.stop()
  }
}
