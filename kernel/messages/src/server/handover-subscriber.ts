import { loadHandover } from '@linli/access/server'
import { type Subscriber, sql } from '@linli/base/server'
import type { Templates } from '../define/template.ts'
import { tellPosts } from './tell-posts.ts'

/** Tells everybody who is part of a handover, each once, and whoever is on two sides on the first of them: giving, taking, knowing. */
export function handoverSubscriber(templates: Templates): Subscriber {
  return {
    name: 'messages.handover',
    events: ['access.handed_over'],
    async apply(system, { payload }) {
      const handoverId = String(payload.handoverId)
      const { parties, items } = await loadHandover(system, handoverId)
      const { name } = await system.get(sql<{ name: string }>`
        SELECT a.name FROM access.handover h JOIN access.area a USING (area_id) WHERE h.handover_id = ${handoverId}::uuid`)
      const orgs = await system.rows(sql<{ postId: string; orgId: string }>`
        SELECT post_id AS "postId", org_id AS "orgId" FROM access.post WHERE post_id = ANY (${parties.map(({ postId }) => postId)}::uuid[])`)
      const orgOf = new Map(orgs.map(({ postId, orgId }) => [postId, orgId]))
      const params = {
        handover: handoverId,
        area: name,
        cases: items.filter(({ kind }) => kind === 'case').length,
        buildings: items.filter(({ kind }) => kind === 'building').length,
      }
      for (const side of ['gives', 'takes', 'knows'] as const) {
        const recipients = parties
          .filter((party) => party.side === side)
          .map((party) => ({ ...party, orgId: orgOf.get(party.postId) ?? '' }))
        await tellPosts(system, templates, { recipients, template: `handover.${side}`, params, onceKey: `handover/${handoverId}` })
      }
    },
  }
}
