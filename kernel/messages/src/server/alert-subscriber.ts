import { findPosts, namesOf } from '@linli/access/server'
import type { Subscriber } from '@linli/base/server'
import type { Templates } from '../define/template.ts'
import { tellPosts } from './tell-posts.ts'

/** Something that a person who watches over security should look at: `security.alerted`, from whichever engine stopped it. */
export interface SecurityAlert {
  /** Names the template: `reveal-limit` is `security.reveal-limit`. */
  alert: string
  accountId: string
  orgId: string | null
  /** Of the acting post: those who watch over this place are told. */
  areaPath: string | null
  count: number
  /** ISO instant. */
  at: string
}

const hourMs = 3_600_000

/** Tells the security administrators of the place, once per account, alert and hour. Who it was is looked up when they read it. */
export function alertSubscriber(templates: Templates): Subscriber {
  return {
    name: 'messages.alert',
    events: ['security.alerted'],
    async apply(system, { payload }) {
      const { alert, accountId, orgId, areaPath, count, at } = payload as unknown as SecurityAlert
      if (!areaPath) return
      const recipients = await findPosts(system, { containing: areaPath, permission: 'audit.readRefused' })
      const { orgs } = await namesOf(system, { accounts: [], orgs: orgId ? [orgId] : [] })
      const hour = Math.floor(Date.parse(at) / hourMs)
      await tellPosts(system, templates, {
        recipients,
        template: `security.${alert}`,
        params: { account: accountId, org: orgs.get(orgId ?? '') ?? '', count, at },
        onceKey: `security.${alert}/${accountId}/${hour}`,
      })
    },
  }
}
