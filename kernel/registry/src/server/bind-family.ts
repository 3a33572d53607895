import { dayOf, formatDay, newId } from '@linli/base/define'
import type { Vault } from '@linli/base/server'
import type { Change } from '../contract/change.ts'
import { type ProxyState, proxyStateOn } from '../define/family-proxy.ts'
import type { PersonChange } from '../define/person-change.ts'
import type { FamilyProxy, PersonState } from '../define/person-state.ts'
import { invalidChange } from './errors.ts'
import { openText, sealText } from './seal-person.ts'

type Of<Kind extends Change['change']> = Extract<Change, { change: Kind }>

/** How a bond stands at this instant, by the day of Asia/Shanghai. */
export const stateOf = ({ from, to, accepted, ended }: FamilyProxy, now: Date): ProxyState =>
  proxyStateOn(formatDay(dayOf(now.getTime())), { from, to, isAccepted: accepted !== null, isEnded: ended !== null })

/** Ended, or past its last day. */
export const isOver = (state: ProxyState): boolean => state === 'ended' || state === 'lapsed'

/** The person agrees that somebody of the family acts for him. Nothing is shown to the member until he has agreed too. */
export function naming(
  vault: Vault,
  { state, key }: { state: PersonState; key: Buffer },
  { change: _, name, phone, to, ...said }: Of<'proxyNamed'>,
  now: Date,
): PersonChange {
  if (state.status === 'died') throw invalidChange('change', '已登记去世')
  if (to && to < said.from) throw invalidChange('to', '不能早于开始的那天')
  const isNamed = state.proxies.some((one) => !isOver(stateOf(one, now)) && openText(vault, key, one.phone) === phone)
  if (isNamed) throw invalidChange('phone', '这个电话已经登记为亲属代理，请先结束原来的')
  const sealed = { name: sealText(vault, key, name), phone: sealText(vault, key, phone) }
  return { change: 'proxyNamed', data: { ...said, ...sealed, to: to ?? null, proxyId: newId(), scope: [...new Set(said.scope)] } }
}

/** The member agrees: from now on the bond holds. */
export function acceptance(state: PersonState, { change: _, ...said }: Of<'proxyAccepted'>, now: Date): PersonChange {
  const proxy = state.proxies.find(({ proxyId }) => proxyId === said.proxyId)
  if (!proxy || stateOf(proxy, now) !== 'asked') throw invalidChange('proxyId', '这项代理已经同意过，或已经结束')
  return { change: 'proxyAccepted', data: said }
}

/** Either side ends it, at once. */
export function ending(state: PersonState, { change: _, ...said }: Of<'proxyEnded'>): PersonChange {
  if (!state.proxies.some(({ proxyId, ended }) => proxyId === said.proxyId && !ended)) throw invalidChange('proxyId', '这项代理已经结束')
  return { change: 'proxyEnded', data: said }
}
