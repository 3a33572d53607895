import { AccountError } from '@linli/access/server'
import { newId } from '@linli/base/define'
import { type Ctx, newSecret, sql, systemActor } from '@linli/base/server'
import type { SubjectKind } from '../contract/device.ts'
import { things } from '../define/things.ts'
import { secretDomain } from './admit-device.ts'
import type { SignalsDeps } from './deps.ts'
import { SignalError, wrongField } from './errors.ts'
import type { Place } from './place.ts'

export interface NewDevice {
  code: string
  kind: string
  name: string
  protocol: 'mqtt' | 'http'
  areaCode: string
  buildingId?: string | undefined
  place: string
  gatewayCode?: string | undefined
  subject?: { kind: SubjectKind; id: string } | undefined
  ownerOrgId?: string | undefined
  maintainerOrgId?: string | undefined
}

export interface Registered {
  deviceId: string
  code: string
  secret: string
}

/** Puts a device into the ledger of the acting post's area and makes its secret, which nobody can read again. */
export async function registerDevice(ctx: Ctx, deps: SignalsDeps, device: NewDevice): Promise<Registered> {
  const area = await deps.findPlace(ctx, device.areaCode)
  if (!area)
    throw AccountError('area_unknown', { detail: '没有这个地方', fields: [{ path: 'areaCode', message: '请从列表里选社区或网格' }] })
  if (!isInReach(ctx, area)) throw foreignArea()
  const subject = await subjectOf(ctx, deps, device)
  const gatewayId = device.gatewayCode === undefined ? null : await findGateway(ctx, device.gatewayCode)
  const deviceId = newId(ctx.now.getTime())
  const secret = newSecret()
  await ctx.as(systemActor, async (system) => {
    for (const [path, orgId] of Object.entries({ ownerOrgId: device.ownerOrgId, maintainerOrgId: device.maintainerOrgId })) {
      if (orgId && !(await system.find(sql`SELECT 1 AS here FROM access.organization WHERE org_id = ${orgId}::uuid`)))
        throw wrongField(path, '没有这个单位')
    }
    await addDevice(system, deps, {
      ...device,
      deviceId,
      secret,
      gatewayId,
      area: subject?.place ?? area,
      subject: subject ?? { kind: 'device', id: deviceId },
      ownerOrgId: device.ownerOrgId ?? ctx.actor.orgId!,
      maintainerOrgId: device.maintainerOrgId ?? device.ownerOrgId ?? ctx.actor.orgId!,
      by: ctx.actor.accountId,
    })
  })
  ctx.audit({
    action: 'signals.device_registered',
    subjectKind: 'device',
    subjectId: deviceId,
    areaPath: area.areaPath,
    detail: { code: device.code, kind: device.kind },
  })
  return { deviceId, code: device.code, secret }
}

/** A gateway that the acting post sees. */
export async function findGateway(ctx: Ctx, code: string): Promise<string> {
  const gateways = things.filter(({ isGateway }) => isGateway).map(({ key }) => key)
  const found = await ctx.find(
    sql<{
      device_id: string
    }>`SELECT device_id FROM signals.device WHERE code = ${code} AND kind = ANY (${gateways}::text[]) AND state <> 'retired'`,
  )
  if (!found) throw wrongField('gatewayCode', '台账里没有这台网关')
  return found.device_id
}

const isInReach = ({ actor }: Ctx, { areaPath }: Place): boolean => actor.areaPath !== null && areaPath.startsWith(actor.areaPath)

const foreignArea = () =>
  AccountError('area_forbidden', { detail: '只能登记本辖区的设备', fields: [{ path: 'areaCode', message: '请选本辖区的社区或网格' }] })

async function subjectOf(ctx: Ctx, deps: SignalsDeps, { subject, buildingId }: NewDevice) {
  const asked = subject ?? (buildingId ? { kind: 'building' as const, id: buildingId } : undefined)
  if (!asked || asked.kind === 'device') return undefined
  const found = await deps.findSubject(ctx, asked.kind, asked.id)
  if (!found) throw wrongField(subject ? 'subject' : 'buildingId', '没有找到要绑定的对象')
  if (!isInReach(ctx, found.place)) throw foreignArea()
  return { ...asked, place: found.place }
}

export interface AddedDevice extends Omit<NewDevice, 'areaCode' | 'subject' | 'gatewayCode'> {
  deviceId: string
  gatewayId?: string | null
  secret: string
  area: Place
  subject: { kind: SubjectKind; id: string }
  ownerOrgId: string
  maintainerOrgId: string
  by: string | null
}

/** Writes the device with its first secret. As system; whether somebody may is settled before. */
export async function addDevice(system: Ctx, { vault }: Pick<SignalsDeps, 'vault'>, device: AddedDevice): Promise<void> {
  const { area, subject } = device
  const added = await system.run(sql`
    INSERT INTO signals.device (device_id, code, kind, name, protocol, subject_kind, subject_id, place, building_id, area_id, area_path, county_id, township_id,
      community_id, cell_id, gateway_id, owner_org_id, maintainer_org_id, registered_at, registered_by)
    VALUES (${device.deviceId}, ${device.code}, ${device.kind}, ${device.name}, ${device.protocol}, ${subject.kind}, ${subject.id}, ${device.place},
      ${device.buildingId ?? null}, ${area.areaId}, ${area.areaPath}, ${area.countyId}, ${area.townshipId}, ${area.communityId}, ${area.cellId}, ${device.gatewayId ?? null},
      ${device.ownerOrgId}, ${device.maintainerOrgId}, ${system.now}, ${device.by})
    ON CONFLICT (code) DO NOTHING`)
  if (added === 0) throw SignalError('code_taken', { fields: [{ path: 'code', message: '换一个编码，或找到已登记的那台' }] })
  await system.run(sql`INSERT INTO signals.device_state (device_id) VALUES (${device.deviceId})`)
  await addSecret(system, vault, device.deviceId, device.secret, device.by)
}

export async function addSecret(
  system: Ctx,
  vault: SignalsDeps['vault'],
  deviceId: string,
  secret: string,
  by: string | null,
): Promise<void> {
  await system.run(sql`
    INSERT INTO signals.device_credential (credential_id, device_id, secret_hash, made_at, made_by)
    VALUES (${newId(system.now.getTime())}, ${deviceId}, ${vault.keyedHash(secretDomain, secret)}, ${system.now}, ${by})`)
}
