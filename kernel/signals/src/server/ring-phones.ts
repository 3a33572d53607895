import { type Ctx, sql } from '@linli/base/server'
import { type QuietHours, type Welcome, whenWelcome } from '@linli/messages/define'
import { type OutsideTelling, reachOf, tellOutside, wishesOf } from '@linli/messages/server'
import { callGapMs, phoneAttempts, type Rung, type Step, waitMs } from '../define/ladder.ts'
import type { Rule } from '../define/rule.ts'
import type { FamilyContact, SignalsDeps } from './deps.ts'
import type { StoredEpisode } from './episode-rows.ts'
import { aboutAlarm, type Notice, noticeOfAlarm } from './notices.ts'

type PhoneDeps = Pick<SignalsDeps, 'templates' | 'vault' | 'findFamily'>

export interface Ringing {
  episode: StoredEpisode
  rule: Rule
  rung: Rung
  step: Step
  notice: Notice
  /** Who was told on a page now. */
  accountIds: readonly string[]
  /** Somebody answered before this was told: what is to wait need not be written. */
  isAnswered: boolean
}

/**
 * What goes to the phones of a rung, each so long after it and only while nobody has answered. Unique by notice, person and channel: however
 * often it is told, it is sent once. A family hears of its own person, storm or not. As system, in the transaction that tells the pages.
 */
export async function ringPhones(system: Ctx, deps: PhoneDeps, ringing: Ringing): Promise<void> {
  if (ringing.step.attempt > phoneAttempts) return
  const tellings = [...(await toStaff(system, deps, ringing)), ...(await toFamily(system, deps, ringing))]
  await tellOutside(
    system,
    deps,
    // That one alarm of a storm was answered says nothing of the others.
    tellings.filter(({ about, sendAt }) => !ringing.isAnswered || about?.kind === 'storm' || !sendAt || sendAt <= system.now),
  )
}

/** Red and orange alarms ring at any hour and by every way; the others ask whoever is told. */
const ringsAlways = ({ level }: StoredEpisode): boolean => level <= 2

/** When a phone rings that is due at `at`; undefined where it does not. */
function ringsAt({ episode, step }: Ringing, at: Date, welcome: Welcome, quiet: QuietHours | null): Date | undefined {
  if (ringsAlways(episode)) return at
  const sendAt = whenWelcome(at, welcome, quiet)
  // What waits for the morning is told once then, not once for every attempt of the night.
  return sendAt && sendAt > at && step.attempt > 1 ? undefined : sendAt
}

async function toStaff(system: Ctx, { vault }: PhoneDeps, ringing: Ringing): Promise<OutsideTelling[]> {
  const { rung, episode, accountIds, notice } = ringing
  if (!rung.phones?.length || accountIds.length === 0) return []
  const reach = await reachOf(system, vault, accountIds)
  const names = await system.rows(
    sql<{
      id: string
      name: string
    }>`SELECT account_id AS id, display_name AS name FROM access.account WHERE account_id = ANY (${[...reach.keys()]}::uuid[])`,
  )
  const { onceKey, about, areaPath, params, onPage, onCall } = notice
  return names.flatMap(({ id, name }) => {
    const { phone, lang, quiet } = reach.get(id)!
    return rung.phones!.flatMap(({ channel, after }): OutsideTelling[] => {
      const sendAt = ringsAt(ringing, new Date(system.now.getTime() + waitMs(after)), 'awake', quiet)
      if (!sendAt) return []
      const recipient = { kind: 'account' as const, id, name, phone, lang }
      const template = channel === 'sms' ? onPage : onCall
      return [{ onceKey, about, areaPath, params, channel, isUrgent: ringsAlways(episode), recipient, template, sendAt }]
    })
  })
}

/** A family is told by the ways, and outside the hours, that each of it chose on its own phone. */
async function toFamily(system: Ctx, deps: PhoneDeps, ringing: Ringing): Promise<OutsideTelling[]> {
  const { rung, step, episode, rule } = ringing
  if (!rung.family?.length || episode.subject_kind !== 'person') return []
  const family = await deps.findFamily(system, episode.subject_id, rule.consent ?? rule.key)
  const { onceKey, about, areaPath } = noticeOfAlarm(episode, step)
  const wishes = await wishesOf(
    system,
    deps.vault,
    family.map(({ phone }) => phone),
  )
  return family.flatMap(({ contactId, relation, name, phone }: FamilyContact, rank) => {
    const { welcome, quiet, lang } = wishes.get(phone) ?? { quiet: null, lang: 'zh' as const }
    return rung.family!.flatMap(({ channel, after }): OutsideTelling[] => {
      const at = new Date(system.now.getTime() + waitMs(after) + (channel === 'voice' ? rank * callGapMs : 0))
      const sendAt = ringsAt(ringing, at, welcome?.[channel] ?? 'always', quiet)
      if (!sendAt) return []
      const recipient = { kind: 'contact' as const, id: contactId, name: `${relation} ${name}`.trim(), phone, lang }
      const template = channel === 'sms' ? 'signals.family-message' : 'signals.family-call'
      return [
        { onceKey, about, areaPath, channel, isUrgent: ringsAlways(episode), recipient, template, params: aboutAlarm(episode), sendAt },
      ]
    })
  })
}
