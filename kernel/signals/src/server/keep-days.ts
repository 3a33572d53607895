import { type Ctx, sql } from '@linli/base/server'

const madeAheadDays = 7
/** Raw traces of persons are kept thirty days (standards 9); nothing younger than a week may still arrive. */
export const keptDays = 30

/** Partitions for the week behind and the week ahead, and away with what has expired. One process at a time; the others have nothing to do. */
export async function keepDays(system: Ctx): Promise<number> {
  const { leads } = await system.get(sql<{ leads: boolean }>`SELECT pg_try_advisory_xact_lock(hashtext('linli.telemetry-days')) AS leads`)
  if (!leads) return 0
  const { changed } = await system.get(sql<{ changed: number }>`
    SELECT signals.keep_days(today - 7, today + ${madeAheadDays}::int, today - ${keptDays}::int) AS changed
    FROM (SELECT (${system.now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS today) t`)
  await system.run(sql`DELETE FROM signals.quarantine WHERE last_at < ${new Date(system.now.getTime() - keptDays * 86_400_000)}`)
  return changed
}
