import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Clock, Log } from '@linli/base/server'
import type { Ending, StoryLine } from './steps.ts'

const program = fileURLToPath(new URL('./run.ts', import.meta.url))
/** It gives up by itself long before. */
const longestMs = 25 * 60_000

/** How far a story is. */
export interface Played {
  startedAt: Date
  begun: ReadonlyMap<string, Date>
  done: ReadonlyMap<string, Date>
  told: readonly { at: Date; rung: string }[]
  ending: { key: Ending; why: string } | undefined
}

type Playing = Played & { begun: Map<string, Date>; done: Map<string, Date>; told: { at: Date; rung: string }[] }

interface StageOptions {
  demoFile: string
  clock: Clock
  log: Log
}

/** Where the story of a demo is played: one at a time, in a process of its own that ends with this one. */
export class StoryStage {
  readonly #options: StageOptions
  #played: Playing | undefined
  #child: ChildProcess | undefined

  constructor(options: StageOptions) {
    this.#options = options
  }

  get isPlaying(): boolean {
    return this.#child !== undefined
  }

  /** The story that is played now, or that was played last. */
  get played(): Played | undefined {
    return this.#played
  }

  /** Begins the story from its first step; where it is played already, that one goes on. */
  start(pace: number): void {
    if (this.#child) return
    const { demoFile, clock, log } = this.#options
    const played: Playing = { startedAt: clock.now(), begun: new Map(), done: new Map(), told: [], ending: undefined }
    const child = spawn(process.execPath, [...process.execArgv, program, '--demo', demoFile, '--pace', String(pace)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {},
    })
    this.#played = played
    this.#child = child
    const tooLong = setTimeout(() => child.kill(), longestMs)
    tooLong.unref()
    createInterface({ input: child.stdout! }).on('line', (line) => take(played, JSON.parse(line) as StoryLine, clock.now()))
    child.on('error', (error) => log('the story could not be started', { error: error.message }))
    child.once('close', () => {
      clearTimeout(tooLong)
      played.ending ??= { key: 'broken', why: '' }
      this.#child = undefined
    })
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (!child) return
    const gone = once(child, 'close')
    child.stdin?.end()
    await gone
  }
}

function take(played: Playing, line: StoryLine, at: Date): void {
  if ('ending' in line) played.ending = { key: line.ending, why: line.why ?? '' }
  else if ('told' in line) played.told.push({ at, rung: line.told })
  else if (line.state === 'begun') played.begun.set(line.step, at)
  else played.done.set(line.step, at)
}
