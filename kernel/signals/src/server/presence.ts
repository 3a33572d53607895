import { newId } from '@linli/base/define'
import { sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import { createLane } from './group-commit.ts'

/** Which devices hold a session, as the ledger shows it. */
export interface Presence {
  come(deviceId: string): void
  go(deviceId: string): void
  /** Says that this process is alive; without it its sessions count as over after `deadAfterSeconds`. */
  beat(): Promise<void>
  drain(): Promise<void>
  end(): Promise<void>
}

export const deadAfterSeconds = 30

/** A line that breaks for a moment hides no absence of a person; what a device kept meanwhile it sends again. */
const shortGap = '30 minutes'

export function openPresence(deps: Pick<TransactionDeps, 'pool' | 'clock'>, log: (error: Error) => void): Presence {
  const nodeId = newId()
  const lane = createLane<{ deviceId: string; isHere: boolean }, void>({
    most: 1000,
    commit: async (changes) => {
      const last = new Map(changes.map(({ deviceId, isHere }) => [deviceId, isHere]))
      const ids = [...last.keys()].sort()
      await transact(deps, systemActor, (system) =>
        system.run(sql`
          INSERT INTO signals.device_state AS s (device_id, node_id, last_seen_at, online_since, left_at)
          SELECT a.device_id, CASE WHEN a.is_here THEN ${nodeId}::uuid END, ${system.now}::timestamptz, CASE WHEN a.is_here THEN ${system.now}::timestamptz END,
            CASE WHEN NOT a.is_here THEN ${system.now}::timestamptz END
          FROM unnest(${ids}::uuid[], ${ids.map((id) => last.get(id)!)}::boolean[]) AS a(device_id, is_here)
          ON CONFLICT (device_id) DO UPDATE SET node_id = excluded.node_id, last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at),
            left_at = excluded.left_at,
            online_since = CASE
              WHEN excluded.node_id IS NULL OR s.left_at > ${system.now}::timestamptz - ${shortGap}::interval THEN s.online_since
              WHEN s.left_at IS NULL AND EXISTS (SELECT 1 FROM signals.ingest_node n WHERE n.node_id = s.node_id AND n.beat_at > clock_timestamp() - ${shortGap}::interval)
                THEN s.online_since
              ELSE excluded.online_since END
          -- A session that another process took over is not ended by the one it left.
          WHERE excluded.node_id IS NOT NULL OR s.node_id = ${nodeId}::uuid`),
      )
      return changes.map(() => undefined)
    },
  })
  const here = new Set<string>()
  /** The database was away when it was to be told of these. It is told with the next beat, or a device that left meanwhile would be online for ever. */
  const untold = new Set<string>()
  const tell = (deviceId: string): void => {
    lane.add({ deviceId, isHere: here.has(deviceId) }).catch((error: Error) => {
      if (untold.size === 0) log(error)
      untold.add(deviceId)
    })
  }
  return {
    come: (deviceId) => {
      here.add(deviceId)
      tell(deviceId)
    },
    go: (deviceId) => {
      here.delete(deviceId)
      tell(deviceId)
    },
    beat: async () => {
      await transact(deps, systemActor, async (system) => {
        await system.run(sql`
          INSERT INTO signals.ingest_node (node_id, beat_at, began_at) VALUES (${nodeId}, clock_timestamp(), ${system.now})
          ON CONFLICT (node_id) DO UPDATE SET beat_at = excluded.beat_at`)
        await system.run(sql`DELETE FROM signals.ingest_node WHERE beat_at < clock_timestamp() - interval '1 day'`)
      })
      const missed = [...untold]
      untold.clear()
      for (const deviceId of missed) tell(deviceId)
    },
    drain: () => lane.drain(),
    end: async () => {
      await lane.drain()
      await transact(deps, systemActor, (system) => system.run(sql`DELETE FROM signals.ingest_node WHERE node_id = ${nodeId}`))
    },
  }
}
