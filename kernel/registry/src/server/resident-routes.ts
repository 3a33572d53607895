import { residentPhone } from '@linli/access/server'
import { type Ctx, serve, sql, systemActor } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import type { FamilyBond } from '../contract/resident.ts'
import * as contract from '../contract/resident.ts'
import type { RegistryDeps } from './deps.ts'
import { acceptProxy, leaveProxy, listWards } from './family-proxies.ts'
import { healthNotesOf, writeOwnNote } from './health-notes.ts'

const shownViews = 100

/** What a resident sees and decides of their own: whom they act for, and who looked at their file. */
export function residentFileRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const { vault } = deps
  const phoneOf = (ctx: Ctx): Promise<string> => ctx.as(systemActor, (system) => residentPhone(system, vault, ctx.actor))
  const bondsOf = async (ctx: Ctx, phone: string): Promise<{ items: FamilyBond[] }> => {
    const wards = await ctx.as(systemActor, (system) => listWards(system, vault, phone))
    return { items: wards.map(({ personId: _, ...bond }) => bond as FamilyBond) }
  }
  serve(app, deps, contract.listFamilyBonds, async (ctx) => bondsOf(ctx, await phoneOf(ctx)))
  serve(app, deps, contract.acceptFamilyBond, async (ctx, { params, body }) => {
    const phone = await phoneOf(ctx)
    await acceptProxy(ctx, vault, phone, { proxyId: params.proxyId, textVersion: body.textVersion })
    return bondsOf(ctx, phone)
  })
  serve(app, deps, contract.leaveFamilyBond, async (ctx, { params }) => {
    const phone = await phoneOf(ctx)
    await leaveProxy(ctx, vault, phone, params.proxyId)
    return bondsOf(ctx, phone)
  })
  serve(app, deps, contract.getHealthNotes, async (ctx) => healthNotesOf(ctx, vault, await phoneOf(ctx)))
  serve(app, deps, contract.writeHealthNote, async (ctx, { body }) => {
    const phone = await phoneOf(ctx)
    await writeOwnNote(ctx, vault, phone, body)
    return healthNotesOf(ctx, vault, phone)
  })
  serve(app, deps, contract.listOwnViews, async (ctx) => ({ items: await ownViews(ctx) }))
}

interface ViewRow {
  by_name: string
  office: string | null
  kind: 'profile' | 'reveal'
  reason: string | null
  fields: string[]
  viewed_at: Date
}

/** The latest looks at one's own file; who is in none has none. */
async function ownViews(ctx: Ctx) {
  const { personId } = ctx.actor
  if (!personId) return []
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<ViewRow>`
      SELECT v.by_name, o.name AS office, v.kind, v.reason, v.fields, v.viewed_at FROM registry.person_view v LEFT JOIN access.organization o USING (org_id)
      WHERE v.person_id = ${personId}::uuid ORDER BY v.viewed_at DESC, v.view_id DESC LIMIT ${shownViews}`),
  )
  return rows.map(({ by_name, office, kind, reason, fields, viewed_at }) => ({
    at: viewed_at.toISOString(),
    by: by_name,
    office,
    kind,
    reason,
    fields,
  }))
}
