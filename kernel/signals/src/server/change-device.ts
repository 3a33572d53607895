import { type Ctx, newSecret, sql, systemActor } from '@linli/base/server'
import type { Device } from '../contract/device.ts'
import type { SignalsDeps } from './deps.ts'
import { SignalError, wrongField } from './errors.ts'
import { addSecret, findGateway, type Registered } from './register-device.ts'
import { viewDevice } from './view-device.ts'

interface HeldDevice {
  device_id: string
  code: string
  state: Device['state']
  area_path: string
}

/** A device that the acting post sees, locked until the end of the transaction. */
export async function lockDevice(ctx: Ctx, deviceId: string): Promise<HeldDevice> {
  const seen = await ctx.find(sql`SELECT 1 AS here FROM signals.device WHERE device_id = ${deviceId}::uuid`)
  const device =
    seen &&
    (await ctx.as(systemActor, (system) =>
      system.find(
        sql<HeldDevice>`SELECT device_id, code, state, area_path FROM signals.device WHERE device_id = ${deviceId}::uuid FOR UPDATE`,
      ),
    ))
  if (!device) throw SignalError('device_unknown')
  if (device.state === 'retired') throw SignalError('device_retired')
  return device
}

/** A new secret; the old one opens nothing from the next second on, and its session is closed. */
export async function rotateSecret(ctx: Ctx, { vault }: SignalsDeps, deviceId: string, reason: string): Promise<Registered> {
  const device = await lockDevice(ctx, deviceId)
  const secret = newSecret()
  await ctx.as(systemActor, async (system) => {
    await revoke(system, deviceId, 'changed')
    await addSecret(system, vault, deviceId, secret, ctx.actor.accountId)
  })
  ctx.audit({ action: 'signals.secret_rotated', subjectKind: 'device', subjectId: deviceId, areaPath: device.area_path, purpose: reason })
  return { deviceId, code: device.code, secret }
}

/** Shuts the secret or the certificate of a device; its session ends within a second. As system. */
export async function revoke(system: Ctx, deviceId: string, why: 'changed' | 'retired' | 'cloned'): Promise<void> {
  await system.run(
    sql`UPDATE signals.device_credential SET revoked_at = ${system.now}, revoked_for = ${why} WHERE device_id = ${deviceId} AND revoked_at IS NULL`,
  )
  await system.run(sql`UPDATE signals.device SET changed_at = clock_timestamp() WHERE device_id = ${deviceId}`)
}

export interface StateChange {
  state: Device['state']
  suspendedFor?: NonNullable<Device['suspendedFor']> | undefined
  suspendedUntil?: string | undefined
  reason: string
}

/** Suspends, wakes or retires a device. A suspended one is still heard; only rules that may be suspended leave it alone. */
export async function changeState(ctx: Ctx, deps: SignalsDeps, deviceId: string, change: StateChange): Promise<Device> {
  const device = await lockDevice(ctx, deviceId)
  const pause = pauseOf(ctx, change)
  await ctx.as(systemActor, async (system) => {
    if (change.state === 'retired') await revoke(system, deviceId, 'retired')
    await system.run(sql`
      UPDATE signals.device SET state = ${change.state}, suspended_for = ${pause?.for ?? null}, suspended_from = ${pause ? ctx.now : null}::timestamptz,
        suspended_until = ${pause?.until ?? null}::timestamptz, changed_at = clock_timestamp()
      WHERE device_id = ${deviceId}`)
  })
  ctx.audit({
    action: `signals.device_${change.state}`,
    subjectKind: 'device',
    subjectId: deviceId,
    areaPath: device.area_path,
    purpose: change.reason,
    detail: { before: device.state, ...(pause && { for: pause.for, until: pause.until }) },
  })
  return viewDevice(ctx, deps, deviceId)
}

const longestPauseMs = 90 * 86_400_000

function pauseOf(ctx: Ctx, { state, suspendedFor, suspendedUntil }: StateChange): { for: string; until: string } | undefined {
  if (state !== 'suspended') return undefined
  const fields = []
  if (!suspendedFor) fields.push({ path: 'suspendedFor', message: '请选停用原因' })
  const ahead = suspendedUntil ? Date.parse(suspendedUntil) - ctx.now.getTime() : 0
  if (!(ahead > 0 && ahead <= longestPauseMs)) fields.push({ path: 'suspendedUntil', message: '请选 90 天以内的恢复时间' })
  if (fields.length > 0) throw SignalError('data_invalid', { fields })
  return { for: suspendedFor!, until: suspendedUntil! }
}

/** Says through which gateway a device sends, or through none. */
export async function bindGateway(
  ctx: Ctx,
  deps: SignalsDeps,
  deviceId: string,
  { gatewayCode, reason }: { gatewayCode: string | null; reason: string },
): Promise<Device> {
  const device = await lockDevice(ctx, deviceId)
  const gatewayId = gatewayCode === null ? null : await findGateway(ctx, gatewayCode)
  if (gatewayId === deviceId) throw wrongField('gatewayCode', '不能接在自己后面')
  await ctx.as(systemActor, (system) =>
    system.run(sql`UPDATE signals.device SET gateway_id = ${gatewayId}::uuid WHERE device_id = ${deviceId}`),
  )
  ctx.audit({
    action: 'signals.gateway_bound',
    subjectKind: 'device',
    subjectId: deviceId,
    areaPath: device.area_path,
    purpose: reason,
    detail: { gatewayCode },
  })
  return viewDevice(ctx, deps, deviceId)
}
