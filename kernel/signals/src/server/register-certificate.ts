import { X509Certificate } from 'node:crypto'
import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Device } from '../contract/device.ts'
import { lockDevice, revoke } from './change-device.ts'
import type { SignalsDeps } from './deps.ts'
import { wrongField } from './errors.ts'
import { viewDevice } from './view-device.ts'

export interface NewCertificate {
  /** PEM; null takes the one that stands back, and nothing opens the device until it has another key. */
  certificate: string | null
  reason: string
}

/**
 * From now on this certificate alone opens the device, over TLS: its secret or its earlier certificate opens nothing, and their session is
 * closed. The private key never comes here.
 */
export async function registerCertificate(
  ctx: Ctx,
  deps: SignalsDeps,
  deviceId: string,
  { certificate, reason }: NewCertificate,
): Promise<Device> {
  const device = await lockDevice(ctx, deviceId)
  const read = certificate === null ? undefined : readCertificate(certificate, ctx.now)
  await ctx.as(systemActor, async (system) => {
    if (!read && !(await hasCertificate(system, deviceId))) throw wrongField('certificate', '这台设备没有登记证书')
    await revoke(system, deviceId, 'changed')
    if (read) await addCertificate(system, deviceId, read, ctx.actor.accountId)
  })
  ctx.audit({
    action: read ? 'signals.certificate_registered' : 'signals.certificate_revoked',
    subjectKind: 'device',
    subjectId: deviceId,
    areaPath: device.area_path,
    purpose: reason,
    detail: read ? { fingerprint: read.hash.toString('hex'), until: read.until.toISOString() } : {},
  })
  return viewDevice(ctx, deps, deviceId)
}

interface ReadCertificate {
  hash: Buffer
  name: string
  until: Date
}

/** SHA-256 of a certificate, by which a device is known. */
export const fingerprintOf = (certificate: X509Certificate): Buffer => Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex')

function readCertificate(pem: string, now: Date): ReadCertificate {
  const certificate = parse(pem)
  if (!certificate) throw wrongField('certificate', '不是 PEM 格式的证书')
  if (certificate.ca) throw wrongField('certificate', '这是签发机构的证书，请用设备自己的')
  const until = new Date(certificate.validTo)
  if (until <= now) throw wrongField('certificate', '证书已经过期')
  return { hash: fingerprintOf(certificate), name: certificate.subject.replaceAll('\n', ', ').slice(0, 200), until }
}

function parse(pem: string): X509Certificate | undefined {
  if (!/^\s*-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*$/.test(pem)) return undefined
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

async function hasCertificate(system: Ctx, deviceId: string): Promise<boolean> {
  const held = await system.find(
    sql`SELECT 1 AS here FROM signals.device_credential WHERE device_id = ${deviceId}::uuid AND revoked_at IS NULL AND certificate_hash IS NOT NULL`,
  )
  return held !== undefined
}

async function addCertificate(system: Ctx, deviceId: string, { hash, name, until }: ReadCertificate, by: string | null): Promise<void> {
  const added = await system.run(sql`
    INSERT INTO signals.device_credential (credential_id, device_id, certificate_hash, certificate_name, certificate_until, made_at, made_by)
    VALUES (${newId(system.now.getTime())}, ${deviceId}::uuid, ${hash}, ${name}, ${until}, ${system.now}, ${by})
    ON CONFLICT ON CONSTRAINT device_credential_certificate_once DO NOTHING`)
  if (added === 0) throw wrongField('certificate', '这张证书登记过，请用新签发的')
}
