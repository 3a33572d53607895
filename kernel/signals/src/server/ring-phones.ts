import { type Ctx, sql } from '@linli/base/server'
import { afterQuiet, type MessageParams } from '@linli/messages/define'
import { type OutsideTelling, reachOf, tellOutside } from '@linli/messages/server'
import { callGapMs, phoneAttempts, type Rung, type Step, waitMs } from '../define/ladder.ts'
import type { Rule } from '../define/rule.ts'
import type { FamilyContact, SignalsDeps } from './deps.ts'
import type { StoredEpisode } from './episode-rows.ts'

type PhoneDeps = Pick<SignalsDeps, 'templates' | 'vault' | 'findFamily'>

export interface Ringing extends Step {
  episode: StoredEpisode
  rule: Rule
  rungOf: Rung
  /** Who was told on a page. */
  accountIds: readonly string[]
  params: MessageParams
  /** Somebody answered before this was told: what is to wait need not be written. */
  isAnswered: boolean
}

/**
 * What goes to the phones of a rung, each so long after it and only while nobody has answered. Unique by alarm, rung, attempt, person and
 * channel: however often it is told, it is sent once. As system, in the transaction that tells the pages.
 */
export async function ringPhones(system: Ctx, deps: PhoneDeps, ringing: Ringing): Promise<void> {
  if (ringing.attempt > phoneAttempts) return
  const tellings = [...(await toStaff(system, deps, ringing)), ...(await toFamily(system, deps, ringing))]
  await tellOutside(
    system,
    deps,
    tellings.filter(({ sendAt }) => !ringing.isAnswered || !sendAt || sendAt <= system.now),
  )
}

/** Red and orange alarms ring at any hour; the others wait for the end of somebody's quiet hours. */
const ringsAlways = ({ level }: StoredEpisode): boolean => level <= 2

async function toStaff(system: Ctx, { vault }: PhoneDeps, ringing: Ringing): Promise<OutsideTelling[]> {
  const { rungOf, episode, accountIds, params } = ringing
  if (!rungOf.phones?.length || accountIds.length === 0) return []
  const reach = await reachOf(system, vault, accountIds)
  const names = await system.rows(
    sql<{
      id: string
      name: string
    }>`SELECT account_id AS id, display_name AS name FROM access.account WHERE account_id = ANY (${[...reach.keys()]}::uuid[])`,
  )
  return names.flatMap(({ id, name }) => {
    const { phone, lang, quiet } = reach.get(id)!
    return rungOf.phones!.map(({ channel, after }) => {
      const sendAt = new Date(system.now.getTime() + waitMs(after))
      return {
        ...aboutAlarm(ringing),
        recipient: { kind: 'account' as const, id, name, phone, lang },
        channel,
        template: channel === 'sms' ? 'signals.alarm' : 'signals.alarm-call',
        params,
        sendAt: ringsAlways(episode) ? sendAt : afterQuiet(sendAt, quiet),
      }
    })
  })
}

async function toFamily(system: Ctx, deps: PhoneDeps, ringing: Ringing): Promise<OutsideTelling[]> {
  const { rungOf, episode, rule } = ringing
  if (!rungOf.family?.length || episode.subject_kind !== 'person') return []
  const family = await deps.findFamily(system, episode.subject_id, rule.consent ?? rule.key)
  const { rule: term, at, number } = ringing.params
  return family.flatMap(({ contactId, relation, name, phone }: FamilyContact, rank) =>
    rungOf.family!.map(({ channel, after }) => ({
      ...aboutAlarm(ringing),
      recipient: { kind: 'contact' as const, id: contactId, name: `${relation} ${name}`.trim(), phone, lang: 'zh' as const },
      channel,
      template: channel === 'sms' ? 'signals.family-message' : 'signals.family-call',
      params: { rule: term!, at: at!, number: number! },
      sendAt: new Date(system.now.getTime() + waitMs(after) + (channel === 'voice' ? rank * callGapMs : 0)),
    })),
  )
}

const aboutAlarm = ({ episode, rung, attempt }: Ringing) => ({
  onceKey: `alarm/${episode.episode_id}/${rung}/${attempt}`,
  isUrgent: ringsAlways(episode),
  about: { kind: 'episode', id: episode.episode_id },
  areaPath: episode.area_path,
})
