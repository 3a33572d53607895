import { hash } from 'node:crypto'
import type { QuarantineReason } from '../define/quarantine-reasons.ts'
import { fitValues, type ThingModel } from '../define/thing-model.ts'

/** Larger is no telemetry. */
export const largestPayload = 64 * 1024
const deepest = 8
/** How far a device's clock may run ahead, and how long a message may wait in a device that has no line. */
const aheadMs = 5 * 60_000
const behindMs = 7 * 86_400_000

export interface Message {
  /** Milliseconds; see `timeSource`. */
  at: number
  timeSource: 'device' | 'receipt' | 'replaced'
  /** What the device said, where it said something. */
  deviceTs: string | null
  key: string
  /** Its time does not follow from the message alone (it was received then), so a second copy is found by looking for its key. */
  isProbed: boolean
  values: Record<string, number>
}

export interface Fault {
  reason: QuarantineReason
  field?: string
}

/** A message, a fault, or both: what a message tells of an alarm is taken even when another value beside it is a fault. */
export interface Reading {
  message?: Message
  fault?: Fault
}

/**
 * Reads the payload of a telemetry message (DESIGN 7). A time that cannot be is replaced by the receipt and marked, for a wrong clock
 * must not lose an alarm. `isAlarm` says which values may not be lost.
 */
export function readMessage(
  payload: Buffer,
  model: ThingModel,
  receivedAt: number,
  isAlarm: (values: Record<string, number>) => boolean,
): Reading {
  if (payload.length > largestPayload) return { fault: { reason: 'too-large' } }
  const text = payload.toString('utf8')
  if (text.includes('\0') || text.includes('\ufffd')) return { fault: { reason: 'not-text' } }
  if (depthOf(text) > deepest) return { fault: { reason: 'too-deep' } }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { fault: { reason: 'json-malformed' } }
  }
  if (!isRecord(parsed) || !isRecord(parsed.values) || Object.keys(parsed.values).length === 0)
    return { fault: { reason: 'shape-unknown' } }
  const id = typeof parsed.id === 'string' && /^[\x21-\x7e]{1,64}$/.test(parsed.id) ? parsed.id : undefined
  const fitted = fitValues(model, parsed.values)
  const { values } = fitted
  const fault = id === undefined && parsed.id !== undefined ? ({ reason: 'id-invalid', field: 'id' } as const) : fitted.fault
  if (fault && !isAlarm(values)) return { fault: storable(fault) }
  const time = timeOf(parsed.ts, receivedAt)
  const isProbed = id !== undefined || (time.deviceTs !== null && time.at !== parsed.ts)
  const message = { ...time, key: keyOf(id, parsed.ts, values, receivedAt), isProbed, values }
  return fault ? { message, fault: storable(fault) } : { message }
}

/** The name of a value comes from outside, too. */
const storable = ({ reason, field }: { reason: QuarantineReason; field: string }): Fault => ({
  reason,
  field: field.isWellFormed() && !field.includes('\0') ? field.slice(0, 64) : '?',
})

function timeOf(ts: unknown, receivedAt: number): Pick<Message, 'at' | 'timeSource' | 'deviceTs'> {
  if (ts === undefined || ts === null) return { at: receivedAt, timeSource: 'receipt', deviceTs: null }
  const deviceTs = JSON.stringify(ts).slice(0, 64)
  const isPlausible = Number.isInteger(ts) && (ts as number) <= receivedAt + aheadMs && (ts as number) >= receivedAt - behindMs
  // A clock that runs a little ahead is capped at the receipt, so that no timer is ever late for it.
  if (isPlausible) return { at: Math.min(ts as number, receivedAt), timeSource: 'device', deviceTs }
  return { at: receivedAt, timeSource: 'replaced', deviceTs }
}

let unnamed = 0

/** (device, id), or (device, ts, hash of values). One that carries neither cannot be told from the next: each is its own. */
function keyOf(id: string | undefined, ts: unknown, values: Record<string, number>, receivedAt: number): string {
  if (id !== undefined) return `i:${id}`
  if (ts === undefined || ts === null) return `r:${receivedAt}.${process.pid}.${++unnamed}`
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  return `h:${hash('sha256', JSON.stringify([ts, sorted]), 'base64url').slice(0, 22)}`
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How deep brackets lie, without building anything: a deep one must not reach the parser. */
function depthOf(text: string): number {
  let [depth, most, isQuoted] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isQuoted) {
      if (code === 92) at++
      else if (code === 34) isQuoted = false
    } else if (code === 34) isQuoted = true
    else if (code === 123 || code === 91) most = Math.max(most, ++depth)
    else if (code === 125 || code === 93) depth--
  }
  return most
}
