import { makeDataDir, StartError } from '@linli/base/server'
import { announce } from './announce.ts'
import { readConfig } from './config.ts'
import { type Platform, startPlatform } from './start-platform.ts'

const startedAt = performance.now()

/** Says a line to the terminal with the seconds since the start. */
const say = (line: string): void => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}`)

/** Ctrl-C at any moment, also in the middle of a start, ends what was begun: nothing is left running. */
function stopOnSignals(starting: Promise<Platform>): void {
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    say(`${signal}: stopping.`)
    setTimeout(() => process.exit(1), 20_000).unref()
    const platform = await starting.catch(() => undefined)
    await platform?.stop()
    say('Stopped.')
    process.exit(0)
  }
  process.on('SIGINT', () => void stop('SIGINT'))
  process.on('SIGTERM', () => void stop('SIGTERM'))
}

try {
  const config = readConfig()
  makeDataDir(config.DATA_DIR)
  const starting = startPlatform(config, say)
  stopOnSignals(starting)
  await announce(config, await starting, say)
} catch (error) {
  if (error instanceof StartError) {
    console.error(`linli: ${error.message}`)
    process.exit(error.exitCode)
  }
  console.error(error)
  process.exit(1)
}
