import { type Ctx, isDatabaseAway, systemActor, transact } from '@linli/base/server'
import type pg from 'pg'
import { type Arrival, commitTelemetry } from './commit-telemetry.ts'
import type { SignalsDeps } from './deps.ts'
import type { DeviceFacts } from './device-book.ts'
import { createLane } from './group-commit.ts'
import { quarantine, type Refused } from './quarantine.ts'
import { type Fault, readMessage } from './read-message.ts'

/** What became of a message; it is in the database when this is known. */
export interface Accepted {
  /** False for one that was there already, and for one of which nothing could be taken. */
  isStored: boolean
  fault: Fault | undefined
}

/** The way of every message into the database, whatever line it came by. */
export interface Ingest {
  /** Answers when the message, or the record of why it was refused, is committed. Throws when the database is away: then nothing is acknowledged. */
  accept(device: DeviceFacts, payload: Buffer, channel: 'mqtt' | 'http'): Promise<Accepted>
  /** As `accept` for what is known to be refused. */
  refuse(refused: Refused): Promise<void>
  drain(): Promise<void>
}

/** What messages mean, in the transaction that stores them: an acknowledged call for help is an open alarm. */
export interface AlarmRules {
  isAlarm(device: DeviceFacts, values: Readonly<Record<string, number>>): boolean
  /** New messages that raise an alarm. */
  raise(system: Ctx, arrivals: readonly Arrival[]): Promise<void>
  /** New messages that raise none: one may say that a danger is over. */
  clear(system: Ctx, arrivals: readonly Arrival[]): Promise<void>
  /** New messages of either: what waits for a sign waits from it. */
  watch(system: Ctx, arrivals: readonly Arrival[]): Promise<void>
}

export interface IngestOptions {
  deps: Pick<SignalsDeps, 'clock' | 'wake' | 'told' | 'meters' | 'log'>
  /** Bulk telemetry and quarantine. */
  pool: pg.Pool
  /** Alarms have connections of their own: they never wait behind bulk. */
  alarmPool: pg.Pool
  rules: AlarmRules
}

export function createIngest({ deps, pool, alarmPool, rules }: IngestOptions): Ingest {
  const commit = (where: pg.Pool, after: (system: Ctx, fresh: Arrival[]) => Promise<void>) => async (arrivals: Arrival[]) => {
    const isNew = await transact({ ...deps, pool: where }, systemActor, async (system) => {
      const stored = await commitTelemetry(system, arrivals)
      const fresh = arrivals.filter((_, index) => stored[index])
      await after(system, fresh)
      await rules.watch(system, fresh)
      return stored
    })
    deps.meters.committed(isNew.filter(Boolean).length)
    return isNew
  }
  // Two, so that one batch is put together while the database works on the other; a device keeps to its lane, so neither waits for a row of
  // the other's. A batch is put together and read back in one go, and a call for help waits that long for its turn at each of its steps.
  const bulk = Array.from({ length: 2 }, () => createLane<Arrival, boolean>({ most: 250, restMs: 20, commit: commit(pool, rules.clear) }))
  const laneOf = ({ deviceId }: DeviceFacts) => bulk[Number.parseInt(deviceId.slice(-4), 16) % bulk.length]!
  const alarms = createLane<Arrival, boolean>({ most: 100, commit: commit(alarmPool, rules.raise) })
  const refusals = createLane<Refused, void>({
    most: 200,
    commit: async (refused) => {
      await transact({ ...deps, pool }, systemActor, (system) => quarantine(system, refused))
      for (const _ of refused) deps.meters.quarantined()
      return refused.map(() => undefined)
    },
  })

  const store = async (arrival: Arrival, refused: Omit<Refused, 'fault'>): Promise<Accepted> => {
    const isAlarm = rules.isAlarm(arrival.device, arrival.message.values)
    try {
      return { isStored: await (isAlarm ? alarms : laneOf(arrival.device)).add(arrival), fault: undefined }
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      // The database has looked at it alone and said no: kept for a person to see, so that the device may go on to its next message.
      deps.log('a device message could not be stored', { device: arrival.device.code, error: (error as Error).message })
      const fault: Fault = { reason: 'not-stored' }
      await refusals.add({ ...refused, fault })
      return { isStored: false, fault }
    }
  }

  return {
    accept: async (device, payload, channel) => {
      const receivedAt = deps.clock.now().getTime()
      const { message, fault } = readMessage(payload, device.model, receivedAt, (values) => rules.isAlarm(device, values))
      const refused = { device, payload, channel }
      const stored = message && (await store({ device, message }, refused))
      if (fault) await refusals.add({ ...refused, fault })
      return { isStored: stored?.isStored ?? false, fault: fault ?? stored?.fault }
    },
    refuse: (refused) => refusals.add(refused),
    drain: async () => {
      await Promise.all([...bulk, alarms, refusals].map((lane) => lane.drain()))
    },
  }
}
