import { systemActor, transact } from '@linli/base/server'
import { claimExport } from './claim-export.ts'
import { type WriterDeps, writeExport } from './write-export.ts'

export interface ExportWorker {
  /** Something was asked for. */
  wake(): void
  /** Resolves when nothing waits that this worker may write. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const lookEveryMs = 1000
const lanes = 2

/**
 * Writes what was asked for, two files at a time. In the process of the workers and not in a thread of its own: compression is done by
 * Node's own threads, and between two pages the loop is free.
 */
export function startExportWorker(deps: Omit<WriterDeps, 'isStopping'>): ExportWorker {
  let isStopping = false
  const running = new Set<Promise<void>>()
  const writer: WriterDeps = { ...deps, isStopping: () => isStopping }
  const lane = async (): Promise<void> => {
    while (!isStopping) {
      const claimed = await transact(deps, systemActor, claimExport)
      if (!claimed) return
      await writeExport(writer, claimed)
    }
  }
  const wake = (): void => {
    while (running.size < lanes && !isStopping) {
      const one = lane()
        .catch((error: Error) => deps.log('exports could not be looked for and will be again', { error: error.message }))
        .finally(() => running.delete(one))
      running.add(one)
    }
  }
  const timer = setInterval(wake, lookEveryMs)
  timer.unref()
  return {
    wake,
    async drain() {
      // A lane that has just looked and found nothing may not have seen what was asked for since.
      await Promise.all(running)
      wake()
      while (running.size > 0) await Promise.all(running)
    },
    async stop() {
      isStopping = true
      clearInterval(timer)
      await Promise.all(running)
    },
  }
}
