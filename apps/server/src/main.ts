import { makeDataDir, StartError } from '@linli/base/server'
import { announce } from './announce.ts'
import { readConfig } from './config.ts'
import { startPlatform } from './start-platform.ts'

const startedAt = performance.now()

/** Says a line to the terminal with the seconds since the start. */
const say = (line: string): void => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}`)

try {
  const config = readConfig()
  makeDataDir(config.DATA_DIR)
  const platform = await startPlatform(config, say)
  await announce(config, platform, say)
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    say(`${signal}: stopping.`)
    const patience = setTimeout(() => process.exit(1), 15_000)
    patience.unref()
    await platform.stop()
    say('Stopped.')
    process.exit(0)
  }
  process.on('SIGINT', () => void stop('SIGINT'))
  process.on('SIGTERM', () => void stop('SIGTERM'))
} catch (error) {
  if (error instanceof StartError) {
    console.error(`linli: ${error.message}`)
    process.exit(error.exitCode)
  }
  console.error(error)
  process.exit(1)
}
