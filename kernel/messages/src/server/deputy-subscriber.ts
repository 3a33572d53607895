import { findPosts } from '@linli/access/server'
import { type Subscriber, sql } from '@linli/base/server'
import type { Templates } from '../define/template.ts'
import { tellPosts } from './tell-posts.ts'

interface DeputyRow {
  postId: string
  holderId: string
  accountId: string
  orgId: string
  areaPath: string
  area: string
  from: string
  until: string
}

/** Tells both who is concerned when a deputy is set: whoever stands in at his own posts of that organization, the holder at the post itself. */
export function deputySubscriber(templates: Templates): Subscriber {
  return {
    name: 'messages.deputy',
    events: ['access.deputy_set'],
    async apply(system, { payload }) {
      const deputyId = String(payload.deputyId)
      const row = await system.get(sql<DeputyRow>`
        SELECT d.post_id AS "postId", d.holder_id AS "holderId", d.account_id AS "accountId", d.org_id AS "orgId", d.area_path AS "areaPath",
          ar.name AS area, d.valid_from AS "from", d.valid_to AS until
        FROM access.post_deputy d JOIN access.post p USING (post_id) JOIN access.area ar ON ar.area_id = p.area_id WHERE d.deputy_id = ${deputyId}::uuid`)
      const { area, from, until } = row
      const own = (await findPosts(system, { orgId: row.orgId })).filter(({ accountId }) => accountId === row.accountId)
      const holder = { postId: row.postId, accountId: row.holderId, orgId: row.orgId, areaPath: row.areaPath }
      const onceKey = `deputy/${deputyId}`
      await tellPosts(system, templates, {
        recipients: own,
        template: 'deputy.stands-in',
        params: { holder: row.holderId, area, from, until },
        onceKey,
      })
      await tellPosts(system, templates, {
        recipients: [holder],
        template: 'deputy.is-set',
        params: { deputy: row.accountId, area, from, until },
        onceKey,
      })
    },
  }
}
