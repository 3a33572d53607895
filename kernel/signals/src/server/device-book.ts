import { timingSafeEqual } from 'node:crypto'
import { type Ctx, type Statement, sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import { findThing, type ThingModel } from '../define/index.ts'
import type { Place } from './place.ts'

/** What must be known about a device while it sends. */
export interface DeviceFacts extends Place {
  deviceId: string
  code: string
  name: string
  model: ThingModel
  state: 'active' | 'suspended' | 'retired'
  suspendedUntil: Date | null
  subjectKind: string
  subjectId: string
  place: string
  /** The one key that opens it: null where none does. */
  credentialId: string | null
  secretHash: Buffer | null
  certificateHash: Buffer | null
  certificateUntil: Date | null
}

type FactsRow = Omit<DeviceFacts, 'model'> & { kind: string }

const facts: Statement = sql`d.device_id AS "deviceId", d.code, d.name, d.kind, d.state, d.suspended_until AS "suspendedUntil", d.subject_kind AS "subjectKind",
  d.subject_id AS "subjectId", d.place, d.area_id AS "areaId", d.area_path AS "areaPath", d.county_id AS "countyId", d.township_id AS "townshipId",
  d.community_id AS "communityId", d.cell_id AS "cellId", c.credential_id AS "credentialId", c.secret_hash AS "secretHash",
  c.certificate_hash AS "certificateHash", c.certificate_until AS "certificateUntil"`
const source: Statement = sql`signals.device d LEFT JOIN signals.device_credential c ON c.device_id = d.device_id AND c.revoked_at IS NULL`

/** Devices that sent lately, by code, kept in step with the ledger: a look into the database per message would cost more than the message. */
export interface DeviceBook {
  /** From the ledger itself, for a device that comes in. */
  read(code: string): Promise<DeviceFacts | undefined>
  /** As last seen; undefined for one that never came in. */
  find(code: string): DeviceFacts | undefined
  /** Looks for what changed in the ledger within the last minute; answers those it holds. */
  refresh(): Promise<DeviceFacts[]>
}

export function openDeviceBook(deps: Pick<TransactionDeps, 'pool' | 'clock'>): DeviceBook {
  const held = new Map<string, DeviceFacts>()
  const asSystem = <T>(work: (system: Ctx) => Promise<T>): Promise<T> => transact(deps, systemActor, work)
  return {
    find: (code) => held.get(code),
    read: async (code) => {
      const device = await asSystem((system) => findFacts(system, code))
      if (device) held.set(code, device)
      return device
    },
    refresh: async () => {
      // The last minute again and again: a change whose transaction committed late is not missed.
      const rows = await asSystem((system) =>
        system.rows(sql<FactsRow>`SELECT ${facts} FROM ${source} WHERE d.changed_at > clock_timestamp() - interval '1 minute'`),
      )
      const devices = rows.map(factsOf).filter((device) => device !== undefined && held.has(device.code)) as DeviceFacts[]
      for (const device of devices) held.set(device.code, device)
      return devices
    },
  }
}

/** A device as the ledger has it now; undefined also for a kind that nobody knows any more. */
export async function findFacts(system: Ctx, code: string): Promise<DeviceFacts | undefined> {
  const row = await system.find(sql<FactsRow>`SELECT ${facts} FROM ${source} WHERE d.code = ${code}`)
  return row && factsOf(row)
}

function factsOf({ kind, ...row }: FactsRow): DeviceFacts | undefined {
  const model = findThing(kind)
  return model && { ...row, model }
}

/** Whether this secret opens this device now. */
export const isSecretOf = (device: DeviceFacts, secretHash: Buffer): boolean =>
  device.state !== 'retired' && device.secretHash !== null && timingSafeEqual(device.secretHash, secretHash)

/** Whether this certificate, which stands by itself, opens this device now. */
export const isCertificateOf = (device: DeviceFacts, hash: Buffer, now: Date): boolean =>
  device.state !== 'retired' && device.certificateHash !== null && device.certificateHash.equals(hash) && device.certificateUntil! > now

/** Whether who came in with what stood then may still send. */
export const isStillIn = (device: DeviceFacts, entered: DeviceFacts, now: Date): boolean =>
  device.state !== 'retired' &&
  device.credentialId !== null &&
  device.credentialId === entered.credentialId &&
  (device.certificateUntil === null || device.certificateUntil > now)
