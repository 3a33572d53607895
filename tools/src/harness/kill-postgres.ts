import { postgresPid, type RunningPlatform, waitFor } from './run-platform.ts'

/** kill -9 of the database under a running platform; answers the milliseconds until it is ready again. */
export async function killPostgres(platform: RunningPlatform): Promise<number> {
  const before = postgresPid(platform.dataDir)
  const startedAt = performance.now()
  process.kill(before, 'SIGKILL')
  await waitFor(
    async () => (await fetch(`${platform.url}/readyz`).catch(() => undefined))?.status === 503 || pidChanged(platform.dataDir, before),
    5000,
    10,
  )
  await waitFor(
    async () => pidChanged(platform.dataDir, before) && (await fetch(`${platform.url}/readyz`).catch(() => undefined))?.status === 200,
    60_000,
  )
  return performance.now() - startedAt
}

function pidChanged(dataDir: string, before: number): boolean {
  try {
    return postgresPid(dataDir) !== before
  } catch {
    return false
  }
}

/** The database that a killed platform left behind must not outlive the proof. */
export async function stopOrphan(dataDir: string): Promise<void> {
  try {
    process.kill(postgresPid(dataDir), 'SIGINT')
  } catch {
    return
  }
  await waitFor(async () => {
    try {
      postgresPid(dataDir)
      return false
    } catch {
      return true
    }
  }, 10_000)
}
