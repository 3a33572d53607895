import type { AnswerOf } from '@linli/ui/client'
import { keep } from '@linli/ui/phone'

export type PersonFile = AnswerOf<'GET /persons/:personId'>

/** Of a file what a visit needs: masked, without number, birth, consents and what has ended. */
export type TakenFile = Pick<PersonFile, 'personId' | 'seq' | 'status' | 'values' | 'home' | 'careGroups' | 'contacts' | 'community'>

interface Along {
  accountId: string
  /** Milliseconds of this phone, when they were read. */
  at: number
  people: readonly TakenFile[]
}

/** More is no day of visits. */
export const mostAlong = 40

const carried = new Set(['name', 'sex', 'phone', 'healthNote'])

/**
 * Files taken along for the visits of today, so that they open in a cellar. Personal data on a phone is a risk, so it is little and short: masked,
 * forty at most, gone with the day, with signing out and with anybody else signing in (decisions/0013).
 */
export const along = keep<Along | null>('linli.grid.along', null, (stored) => {
  const taken = stored as Partial<Along> | null
  // One of yesterday is read too, so that it is there to be thrown away.
  return typeof taken?.accountId === 'string' && typeof taken.at === 'number' && Array.isArray(taken.people) ? (taken as Along) : undefined
})

const dayOf = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(at)
const isOfToday = (at: number): boolean => dayOf(at) === dayOf(Date.now())

/** Puts files to those taken along today; the newest reading of a file counts. */
export function takeAlong(accountId: string, files: readonly PersonFile[]): void {
  along.change((now) => {
    const before = now?.accountId === accountId && isOfToday(now.at) ? now.people : []
    const taken = files.map(minimal)
    const ids = new Set(taken.map(({ personId }) => personId))
    return { accountId, at: Date.now(), people: [...taken, ...before.filter(({ personId }) => !ids.has(personId))].slice(0, mostAlong) }
  })
}

function minimal({ personId, seq, status, values, home, careGroups, contacts, community }: PersonFile): TakenFile {
  return {
    personId,
    seq,
    status,
    home,
    community,
    values: values.filter(({ field }) => carried.has(field)),
    careGroups: careGroups.filter(({ to }) => to === null),
    contacts: contacts.filter(({ to }) => to === null),
  }
}

/** What this account may still look at; nothing once the day is over. */
export const peopleAlong = (taken: Along | null, accountId: string): readonly TakenFile[] =>
  taken?.accountId === accountId && isOfToday(taken.at) ? taken.people : []

/** Nothing of anybody stays behind. */
export const leaveAll = (): void => void along.change(() => null)

const everyMs = 10 * 60_000

/** Throws away what is of another account than this one or of another day, now and when the day ends; returns how to stop. */
export function keepOnlyOf(accountId: string): () => void {
  const look = (): void => {
    const taken = along.get()
    if (taken && (taken.accountId !== accountId || !isOfToday(taken.at))) leaveAll()
  }
  look()
  const timer = setInterval(look, everyMs)
  return () => clearInterval(timer)
}
