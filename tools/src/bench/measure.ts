import { readFile } from 'node:fs/promises'

/** The middle one; of an even number the upper. */
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** Resident memory of a process now, or the most it ever had; null where `/proc` does not say. */
export async function residentMb(pid: number, most = false): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kb = new RegExp(`${most ? 'VmHWM' : 'VmRSS'}:\\s+(\\d+)`).exec(status)?.[1]
  return kb ? Math.round(Number(kb) / 1024) : null
}
