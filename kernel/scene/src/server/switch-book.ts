import { type Ctx, type Log, sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'

/** Which scenes are on where, in memory: every opening asks, none waits for the database. */
export interface SwitchBook {
  /** The nearest switch at or above this place decides; where there is none, a scene is on. */
  isOn(sceneKey: string, areaPath: string): boolean
  /** A switch that this process committed: known here from now on. */
  note(sceneKey: string, areaPath: string, isOn: boolean): void
  stop(): void
}

export interface SwitchBookOptions extends Pick<TransactionDeps, 'pool' | 'clock'> {
  /** A switch made by another process is known here after this long at the latest. */
  rereadMs?: number
  log?: Log
}

/** Opens the book. When the database is away it stays as it was last read: what is on does not fall off with a connection. */
export async function openSwitchBook({ pool, clock, rereadMs = 1000, log = () => {} }: SwitchBookOptions): Promise<SwitchBook> {
  let pages = new Map<string, boolean>()
  let notes = 0
  let isReading = false
  const read = async (): Promise<void> => {
    const before = notes
    const read = await transact({ pool, clock }, systemActor, readSwitches)
    // What was noted meanwhile may be newer than what was read; the next reading has both.
    if (notes === before) pages = read
  }
  await read()
  const timer = setInterval(() => {
    if (isReading) return
    isReading = true
    read()
      .catch((error: Error) => log('scene switches could not be read and stay as they were', { error: error.message }))
      .finally(() => {
        isReading = false
      })
  }, rereadMs)
  timer.unref()
  return {
    isOn: (sceneKey, areaPath) => decide(pages, sceneKey, areaPath),
    note: (sceneKey, areaPath, isOn) => {
      notes += 1
      pages.set(pageOf(sceneKey, areaPath), isOn)
    },
    stop: () => clearInterval(timer),
  }
}

const pageOf = (sceneKey: string, areaPath: string): string => `${sceneKey} ${areaPath}`

/** From the place upward: the first area with a switch decides. */
export function decide(pages: ReadonlyMap<string, boolean>, sceneKey: string, areaPath: string): boolean {
  for (let path = areaPath; path.length > 1; path = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)) {
    const isOn = pages.get(pageOf(sceneKey, path))
    if (isOn !== undefined) return isOn
  }
  return true
}

async function readSwitches(system: Ctx): Promise<Map<string, boolean>> {
  const rows = await system.rows(sql<{ scene_key: string; area_path: string; is_on: boolean }>`
    SELECT DISTINCT ON (area_path, scene_key) scene_key, area_path, is_on FROM scene.scene_switch ORDER BY area_path, scene_key, switch_no DESC`)
  return new Map(rows.map((row) => [pageOf(row.scene_key, row.area_path), row.is_on]))
}
