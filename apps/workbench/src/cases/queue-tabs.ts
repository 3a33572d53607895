import type { Kind } from '../api/kinds.ts'
import type { CaseQuery, Me } from '../api/queries.ts'
import { isLine, may } from '../session/home.ts'

export interface QueueTab {
  key: string
  query: CaseQuery
  /** Key of the counts. */
  count: string
}

type NeededTab = QueueTab & { needs: readonly string[] }

const appeals: readonly NeededTab[] = [
  { key: 'accept', query: { queue: 'accept' }, count: 'accept', needs: ['cases.accept'] },
  { key: 'dispatch', query: { queue: 'dispatch' }, count: 'dispatch', needs: ['cases.dispatch'] },
  { key: 'rule', query: { queue: 'rule' }, count: 'rule', needs: ['cases.rule'] },
  { key: 'mine', query: { queue: 'mine' }, count: 'mine', needs: ['cases.handle'] },
  { key: 'extension', query: { queue: 'extension' }, count: 'extension', needs: ['cases.approveExtension'] },
  { key: 'follow', query: { queue: 'follow' }, count: 'follow', needs: ['cases.followUp', 'cases.verify'] },
  { key: 'all', query: { queue: 'all', status: 'open' }, count: 'all', needs: ['cases.read'] },
]

const pick = (...keys: string[]): NeededTab[] => appeals.filter(({ key }) => keys.includes(key))

/** Events are registered, checked and closed where appeals are accepted and called back. */
const events: readonly NeededTab[] = [
  { key: 'register', query: { queue: 'accept' }, count: 'accept', needs: ['cases.register'] },
  ...pick('dispatch', 'rule', 'mine', 'extension'),
  { key: 'check', query: { queue: 'check' }, count: 'check', needs: ['cases.check'] },
  { key: 'close', query: { queue: 'close' }, count: 'close', needs: ['cases.close'] },
  ...pick('all'),
]

/** Requests for assistance are let through, answered, and ruled on where nobody agrees. */
const requests: readonly NeededTab[] = [
  { key: 'admit', query: { queue: 'admit' }, count: 'admit', needs: ['cases.admit'] },
  ...pick('rule'),
  { key: 'mine', query: { queue: 'mine' }, count: 'mine', needs: ['cases.handle', 'cases.request'] },
  ...pick('all'),
]

const tabsByKind = { appeal: appeals, event: events, callOut: events, assistance: requests } as const

/** The queues of this post for one kind of work, by what it may do; the first is where its day begins. */
export function tabsOf(me: Pick<Me, 'permissions' | 'actingPost'>, kind: Kind = 'appeal'): QueueTab[] {
  return tabsByKind[kind].filter((tab) => tab.needs.some((permission) => may(me, permission))).map(({ needs: _, ...tab }) => tab)
}

/** Of the counts of a kind, those that wait for this very post: for a unit what it has in hand, for a desk what it has to decide. */
export function waitsFor(me: Pick<Me, 'permissions' | 'actingPost'>, kind: Kind): string[] {
  if (isLine(me)) return may(me, 'cases.read') ? ['mine'] : []
  const others = new Set(['mine', 'follow', 'all'])
  return tabsOf(me, kind).flatMap(({ count }) => (others.has(count) ? [] : [count]))
}

/** The tab of the address; without one the first that has work in it, so that nobody opens on an empty list while others wait. */
export function chosenTab(
  tabs: readonly QueueTab[],
  wanted: string | undefined,
  counts: Record<string, { total: number }> | undefined,
): QueueTab | undefined {
  return tabs.find((tab) => tab.key === wanted) ?? tabs.find((tab) => tab.key !== 'all' && (counts?.[tab.count]?.total ?? 0) > 0) ?? tabs[0]
}
