import type { CaseQuery, Me } from '../api/queries.ts'
import { may } from '../session/home.ts'

export interface QueueTab {
  key: string
  query: CaseQuery
  /** Key of the counts. */
  count: string
}

const all: readonly (QueueTab & { needs: readonly string[] })[] = [
  { key: 'accept', query: { queue: 'accept' }, count: 'accept', needs: ['cases.accept'] },
  { key: 'dispatch', query: { queue: 'dispatch' }, count: 'dispatch', needs: ['cases.dispatch'] },
  { key: 'rule', query: { queue: 'rule' }, count: 'rule', needs: ['cases.rule'] },
  { key: 'mine', query: { queue: 'mine' }, count: 'mine', needs: ['cases.handle'] },
  { key: 'extension', query: { queue: 'extension' }, count: 'extension', needs: ['cases.approveExtension'] },
  { key: 'follow', query: { queue: 'follow' }, count: 'follow', needs: ['cases.followUp', 'cases.verify'] },
  { key: 'all', query: { queue: 'all', status: 'open' }, count: 'all', needs: ['cases.read'] },
]

/** The queues of this post, by what it may do; the first is where its day begins. */
export function tabsOf(me: Pick<Me, 'permissions' | 'actingPost'>): QueueTab[] {
  return all.filter((tab) => tab.needs.some((permission) => may(me, permission))).map(({ needs: _, ...tab }) => tab)
}

/** The tab of the address; without one the first that has work in it, so that nobody opens on an empty list while others wait. */
export function chosenTab(
  tabs: readonly QueueTab[],
  wanted: string | undefined,
  counts: Record<string, { total: number }> | undefined,
): QueueTab | undefined {
  return tabs.find((tab) => tab.key === wanted) ?? tabs.find((tab) => tab.key !== 'all' && (counts?.[tab.count]?.total ?? 0) > 0) ?? tabs[0]
}
