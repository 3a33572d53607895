import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, sql, systemActor, type Vault } from '@linli/base/server'
import { type ProxyScope, type ProxyState, proxyStateOn } from '../define/family-proxy.ts'
import type { PersonChange } from '../define/person-change.ts'
import type { PersonState } from '../define/person-state.ts'
import { acceptance, ending } from './bind-family.ts'
import { RegistryError } from './errors.ts'
import { append, openPerson, readPerson } from './person-store.ts'
import { hashProxyPhone, openText } from './seal-person.ts'
import { tellChange } from './tell-change.ts'

/** A person somebody acts for, or is asked to act for, as shown to that member of the family. */
export interface Ward {
  proxyId: string
  personId: string
  /** Masked, as everywhere. */
  name: string
  relation: string
  scope: ProxyScope[]
  from: string
  to: string | null
  state: ProxyState
}

interface WardRow {
  proxy_id: string
  person_id: string
  name: string | null
  relation: string
  scope: ProxyScope[]
  valid_from: string
  valid_to: string | null
  is_accepted: boolean
}

/** Whom the holder of this phone acts for or is asked to act for; nothing that is over. As system, for a phone that has proved itself. */
export async function listWards(system: Ctx, vault: Vault, phone: string): Promise<Ward[]> {
  const day = today(system)
  const rows = await system.rows(sql<WardRow>`
    SELECT f.proxy_id, f.person_id, p.masked ->> 'name' AS name, f.relation, f.scope, f.valid_from::text, f.valid_to::text,
      f.accepted_at IS NOT NULL AS is_accepted
    FROM registry.family_proxy f JOIN registry.person p USING (person_id)
    WHERE f.phone_hash = ${hashProxyPhone(vault, phone)} AND f.ended_at IS NULL AND (f.valid_to IS NULL OR f.valid_to >= ${day}::date) AND p.status <> 'died'
    ORDER BY f.named_at, f.proxy_id`)
  return rows.map(({ proxy_id, person_id, name, relation, scope, valid_from, valid_to, is_accepted }) => ({
    proxyId: proxy_id,
    personId: person_id,
    name: name ?? '',
    relation,
    scope,
    from: valid_from,
    to: valid_to,
    state: proxyStateOn(day, { from: valid_from, to: valid_to, isAccepted: is_accepted, isEnded: false }),
  }))
}

/** The members who may act for a person in this today, in clear: for whoever sends them word. As system. */
export async function findProxies(
  system: Ctx,
  vault: Vault,
  personId: string,
  scope: ProxyScope,
): Promise<{ proxyId: string; relation: string; name: string; phone: string }[]> {
  const day = today(system)
  const bound = await system.rows(sql<{ proxy_id: string }>`
    SELECT proxy_id FROM registry.family_proxy
    WHERE person_id = ${personId}::uuid AND ${scope} = ANY (scope) AND accepted_at IS NOT NULL AND ended_at IS NULL
      AND valid_from <= ${day}::date AND (valid_to IS NULL OR valid_to >= ${day}::date)`)
  if (bound.length === 0) return []
  const { key, state } = await readPerson(system, vault, personId)
  if (!key || state.status === 'died') return []
  const isBound = new Set(bound.map(({ proxy_id }) => proxy_id))
  return state.proxies
    .filter(({ proxyId }) => isBound.has(proxyId))
    .map(({ proxyId, relation, name, phone }) => ({
      proxyId,
      relation,
      name: openText(vault, key, name),
      phone: openText(vault, key, phone),
    }))
}

/** The member agrees on his own phone; the bond holds from now on. Refused where the phone is not the one that was named. */
export async function acceptProxy(
  ctx: Ctx,
  vault: Vault,
  phone: string,
  { proxyId, textVersion }: { proxyId: string; textVersion: string },
) {
  return changeAsMember(ctx, vault, phone, proxyId, (state) =>
    acceptance(state, { change: 'proxyAccepted', proxyId, textVersion, channel: 'resident' }, ctx.now),
  )
}

/** The member ends it on his own phone, at once. */
export async function leaveProxy(ctx: Ctx, vault: Vault, phone: string, proxyId: string): Promise<void> {
  return changeAsMember(ctx, vault, phone, proxyId, (state) =>
    ending(state, { change: 'proxyEnded', proxyId, by: 'member', channel: 'resident' }),
  )
}

async function changeAsMember(
  ctx: Ctx,
  vault: Vault,
  phone: string,
  proxyId: string,
  entryOf: (state: PersonState) => PersonChange,
): Promise<void> {
  const { personId, entry, state } = await ctx.as(systemActor, async (system) => {
    const named = await system.find(sql<{ person_id: string }>`
      SELECT person_id FROM registry.family_proxy WHERE proxy_id = ${proxyId}::uuid AND phone_hash = ${hashProxyPhone(vault, phone)}`)
    if (!named) throw RegistryError('person_unknown', { detail: '没有这项亲属代理，或登记的不是这个手机号' })
    const person = await openPerson(system, vault, named.person_id)
    const entry = entryOf(person.state)
    const state = await append(system, vault, person, [entry], { source: 'resident', actor: ctx.actor })
    return { personId: named.person_id, entry, state }
  })
  ctx.audit({ action: `registry.${entry.change}`, subjectKind: 'person', subjectId: personId, detail: { by: 'member' } })
  tellChange(ctx, personId, entry, state)
}

const today = ({ now }: Ctx): string => formatDay(dayOf(now.getTime()))
