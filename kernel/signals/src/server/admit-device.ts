import { systemActor, takeFrom, transact } from '@linli/base/server'
import type { SignalsDeps } from './deps.ts'
import { type DeviceBook, type DeviceFacts, isCertificateOf, isSecretOf } from './device-book.ts'

export interface Knock {
  code: string
  secret: string
  address: string
  channel: 'mqtt' | 'http'
  /** What the line showed; beside it no secret counts. */
  certificate?: Buffer | 'untrusted' | undefined
}

/** Who may send. */
export interface Door {
  /** The device of this code when the secret or the certificate is its own; undefined otherwise, which is on the trail. */
  admit(knock: Knock): Promise<DeviceFacts | undefined>
  /** Puts something that was refused on the audit trail, but not without end: the first of each minute, address and code. */
  note(action: string, detail: { code: string; address: string; [key: string]: unknown }): Promise<void>
}

const wrongPerMinute = 20
const notedPerMinute = 3
const shortestSecret = 16
const codeShape = /^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/
export const secretDomain = 'device-secret'

export function openDoor(deps: SignalsDeps, book: DeviceBook): Door {
  const note: Door['note'] = async (action, { code, address, ...detail }) => {
    if (takeFrom(deps.limiter, `note ${action} ${address} ${code}`, notedPerMinute) > 0) return
    await transact(deps, systemActor, async (system) =>
      system.audit({
        action,
        subjectKind: 'device',
        subjectId: safe(code),
        areaPath: book.find(code)?.areaPath ?? null,
        detail: {
          address,
          ...Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? safe(value) : value])),
        },
      }),
    )
  }
  const isWornOut = (tries: string): boolean => {
    const left = deps.limiter.buckets.get(tries)?.tokens ?? wrongPerMinute
    // Time passes for a bucket only when somebody takes from it.
    return left < 1 && takeFrom(deps.limiter, tries, wrongPerMinute) > 0
  }
  const opens = (device: DeviceFacts, secret: string, certificate: Knock['certificate']): boolean => {
    if (certificate === undefined) return isSecretOf(device, deps.vault.keyedHash(secretDomain, secret))
    return certificate !== 'untrusted' && isCertificateOf(device, certificate, deps.clock.now())
  }
  return {
    note,
    admit: async ({ code, secret, address, channel, certificate }) => {
      const tries = `wrong secret ${address} ${code}`
      const isShaped = codeShape.test(code) && (certificate !== undefined || (secret.length >= shortestSecret && secret.length <= 128))
      // Of a code that was guessed too often only what is known already is asked, and no trail is written: guesses cost nothing then. Whoever
      // has the secret comes in all the same, else a stranger behind the same address could keep a device out.
      const isTired = isWornOut(tries)
      const device = isShaped ? (isTired ? book.find(code) : await book.read(code)) : undefined
      if (device && opens(device, secret, certificate)) return device
      if (isTired) return undefined
      takeFrom(deps.limiter, tries, wrongPerMinute)
      await note('signals.device_refused', { code, address, channel, why: whyRefused(device, certificate) })
      return undefined
    },
  }
}

function whyRefused(device: DeviceFacts | undefined, certificate: Knock['certificate']): string {
  if (!device) return 'unregistered'
  if (device.state === 'retired') return 'retired'
  if (certificate === 'untrusted') return 'certificate untrusted'
  if (certificate) return 'certificate'
  return device.certificateHash ? 'certificate missing' : 'secret'
}

/** What a stranger calls himself, as far as it may stand in a record. */
const safe = (text: string): string =>
  Array.from(text.replace(/[^\x20-\x7e]/g, '?'))
    .slice(0, 80)
    .join('')
