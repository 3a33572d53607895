import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { Change } from '../contract/change.ts'
import type { PersonChange } from '../define/person-change.ts'
import type { PersonState } from '../define/person-state.ts'
import { invalidChange } from './errors.ts'

type Of<Kind extends Change['change']> = Extract<Change, { change: Kind }>

/** Nobody leaves a dwelling before the day he moved in. */
export function checkAfterMoveIn(state: PersonState, on: string): void {
  const stay = state.stays.find(({ to }) => to === null)
  if (stay && on < stay.from) throw invalidChange('on', '不能早于迁入的那天')
}

/** A household keeps house where the person lives: a new one, or one that is there. As system. */
export async function joining(system: Ctx, state: PersonState, { householdId, role, on }: Of<'joinedHousehold'>): Promise<PersonChange> {
  const { addressId } = state
  if (!addressId || state.status !== 'here') throw invalidChange('change', '先登记住址，再登记户')
  if (state.memberships.some((one) => one.to === null && one.addressId === addressId))
    throw invalidChange('householdId', '已经在这里的一户里，先退出原来的')
  checkAfterMoveIn(state, on)
  if (householdId) {
    const isHere = await system.find(
      sql`SELECT 1 FROM registry.household WHERE household_id = ${householdId}::uuid AND address_id = ${addressId}::uuid`,
    )
    if (!isHere) throw invalidChange('householdId', '这一户不在本人住的地方')
    if (role === 'head' && (await hasHead(system, householdId))) throw invalidChange('role', '这一户已经有户主')
  }
  return { change: 'joinedHousehold', data: { householdId: householdId ?? newId(), addressId, role, on } }
}

const hasHead = (system: Ctx, householdId: string) =>
  system.find(sql`SELECT 1 FROM registry.household_member WHERE household_id = ${householdId}::uuid AND role = 'head' AND valid_to IS NULL`)

export function leaving(state: PersonState, { householdId, on }: Of<'leftHousehold'>): PersonChange {
  const membership = state.memberships.find((one) => one.householdId === householdId && one.to === null)
  if (!membership) throw invalidChange('householdId', '已经不在这一户里')
  if (on < membership.from) throw invalidChange('on', '不能早于开始的那天')
  return { change: 'leftHousehold', data: { householdId, on } }
}

/** What the other is to this person; the other file shows it from its side. The other must be seen by whoever says so. */
export function relating(state: PersonState, personId: string, { otherId, kind, from }: Of<'related'>): PersonChange {
  if (otherId === personId) throw invalidChange('otherId', '不能和自己登记关系')
  const isKnown = state.relations.some((one) => one.otherId === otherId && one.kind === kind && one.to === null)
  if (isKnown) throw invalidChange('otherId', '这个关系已经登记过')
  return { change: 'related', data: { relationId: newId(), otherId, kind, from } }
}

export function unrelating(state: PersonState, { relationId, on, reason }: Of<'unrelated'>): PersonChange {
  const relation = state.relations.find((one) => one.relationId === relationId && one.to === null)
  if (!relation) throw invalidChange('relationId', '这个关系已经结束')
  if (on < relation.from) throw invalidChange('on', '不能早于开始的那天')
  return { change: 'unrelated', data: { relationId, on, reason } }
}
