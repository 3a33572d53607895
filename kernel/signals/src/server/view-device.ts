import { namesOf } from '@linli/access/server'
import { type Ctx, may, sql, systemActor } from '@linli/base/server'
import { readSections } from '@linli/registry/server'
import type { Device } from '../contract/device.ts'
import { findThing } from '../define/things.ts'
import type { SignalsDeps } from './deps.ts'
import { liveNodes, rowOf, type StoredDevice } from './device-rows.ts'
import { SignalError } from './errors.ts'
import { deviceColumns, deviceSource } from './list-devices.ts'

interface WholeDevice extends StoredDevice {
  subject_kind: Device['subjectKind']
  subject_id: string
  owner_org_id: string
  maintainer_org_id: string
  registered_at: Date
  gateway_id: string | null
}

/** One device with what it last said and what it is bound to. */
export async function viewDevice(ctx: Ctx, deps: SignalsDeps, deviceId: string): Promise<Device> {
  const row = await ctx.find(sql<WholeDevice>`
    SELECT ${deviceColumns(ctx.now, await liveNodes(ctx))}, d.subject_kind, d.subject_id, d.owner_org_id, d.maintainer_org_id, d.registered_at, d.gateway_id
    FROM ${deviceSource} WHERE d.device_id = ${deviceId}::uuid`)
  if (!row) throw SignalError('device_unknown')
  const { orgs } = await namesOf(ctx, { accounts: [], orgs: [row.owner_org_id, row.maintainer_org_id] })
  const key = await lastKey(ctx, deviceId)
  const subject = row.subject_kind === 'device' ? undefined : await deps.findSubject(ctx, row.subject_kind, row.subject_id)
  return {
    ...rowOf(row),
    subjectKind: row.subject_kind,
    subjectName: subject?.name ?? null,
    ownerName: orgs.get(row.owner_org_id) ?? '',
    maintainerName: orgs.get(row.maintainer_org_id) ?? '',
    gateway: await gatewayOf(ctx, row.gateway_id),
    behind: findThing(row.kind)?.isGateway ? await countBehind(ctx, deviceId) : null,
    isShut: key?.revoked_for === 'cloned',
    registeredAt: row.registered_at.toISOString(),
    secretMadeAt: key?.revoked_at === null && !key.fingerprint ? key.made_at.toISOString() : null,
    certificate: certificateOf(key),
    latest: Object.entries(row.latest ?? {}).map(([key, [value, at]]) => ({ key, value, at: new Date(at).toISOString() })),
    topics: { up: `up/${row.code}/telemetry`, down: `down/${row.code}/command` },
    sections: await readSections(ctx, deps.sections, { personIds: [], home: null, deviceId }),
    mayChange: may(ctx.actor, 'signals.register') && row.state !== 'retired',
  }
}

interface LastKey {
  made_at: Date
  revoked_at: Date | null
  revoked_for: string | null
  fingerprint: string | null
  name: string | null
  until: Date | null
}

const certificateOf = (held: LastKey | undefined): Device['certificate'] =>
  held?.revoked_at === null && held.fingerprint !== null
    ? { fingerprint: held.fingerprint, name: held.name ?? '', registeredAt: held.made_at.toISOString(), until: held.until!.toISOString() }
    : null

const lastKey = (ctx: Ctx, deviceId: string): Promise<LastKey | undefined> =>
  ctx.as(systemActor, (system) =>
    system.find(sql<LastKey>`
      SELECT made_at, revoked_at, revoked_for, encode(certificate_hash, 'hex') AS fingerprint, certificate_name AS name, certificate_until AS until
      FROM signals.device_credential WHERE device_id = ${deviceId}::uuid ORDER BY revoked_at DESC NULLS FIRST LIMIT 1`),
  )

async function gatewayOf(ctx: Ctx, gatewayId: string | null): Promise<Device['gateway']> {
  if (gatewayId === null) return null
  const row = await ctx.find(
    sql<
      NonNullable<Device['gateway']>
    >`SELECT device_id AS "deviceId", code, name FROM signals.device WHERE device_id = ${gatewayId}::uuid`,
  )
  return row ?? null
}

async function countBehind(ctx: Ctx, deviceId: string): Promise<number> {
  const { behind } = await ctx.get(
    sql<{ behind: number }>`SELECT count(*)::int AS behind FROM signals.device WHERE gateway_id = ${deviceId}::uuid AND state <> 'retired'`,
  )
  return behind
}

interface MessageRow {
  at: Date
  received_at: Date
  time_source: 'device' | 'receipt' | 'replaced'
  values: Record<string, number>
}

/** The latest messages of a device, as far as they are kept. */
export async function viewTelemetry(ctx: Ctx, deviceId: string, limit: number) {
  const device = await ctx.find(sql`SELECT 1 AS here FROM signals.device WHERE device_id = ${deviceId}::uuid`)
  if (!device) throw SignalError('device_unknown')
  const rows = await ctx.rows(sql<MessageRow>`
    SELECT at, received_at, time_source, values FROM signals.telemetry WHERE device_id = ${deviceId}::uuid ORDER BY at DESC, message_key LIMIT ${limit}`)
  return {
    items: rows.map((row) => ({
      at: row.at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      timeSource: row.time_source,
      values: row.values,
    })),
  }
}
