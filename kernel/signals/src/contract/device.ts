import { AreaCode, Cursor, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { ProfileSection } from '@linli/registry/contract'
import { z } from 'zod'
import { things } from '../define/things.ts'

/** As printed on the device; also its MQTT client id and part of its topics. */
export const DeviceCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/, '编码为 3 至 40 位字母、数字、横线或下划线，以字母或数字开头')
export const SubjectKind = z.enum(['person', 'household', 'dwelling', 'building', 'device'])
export type SubjectKind = z.infer<typeof SubjectKind>
const DeviceKind = z.enum(things.map(({ key }) => key))
const Protocol = z.enum(['mqtt', 'http'])
const DeviceState = z.enum(['active', 'suspended', 'retired'])
const Pause = z.enum(['maintenance', 'test', 'away', 'hospital'])
/** `never`: it has not been heard since it was registered, which is not the same as offline. */
const Presence = z.enum(['online', 'offline', 'never'])

export const DeviceRow = z.object({
  deviceId: Id,
  code: z.string(),
  kind: z.string(),
  name: z.string(),
  place: z.string(),
  communityName: z.string().nullable(),
  cellName: z.string().nullable(),
  protocol: Protocol,
  state: DeviceState,
  suspendedFor: Pause.nullable(),
  suspendedUntil: Instant.nullable(),
  presence: Presence,
  lastSeenAt: Instant.nullable(),
  /** Percent; null when it never said. */
  battery: z.number().nullable(),
  /** As the device says; null when it never did. */
  firmware: z.string().nullable(),
})
export type DeviceRow = z.infer<typeof DeviceRow>

export const Device = DeviceRow.extend({
  subjectKind: SubjectKind,
  /** Of a person masked. */
  subjectName: z.string().nullable(),
  ownerName: z.string(),
  maintainerName: z.string(),
  /** Through which it sends. */
  gateway: z.object({ deviceId: Id, code: z.string(), name: z.string() }).nullable(),
  /** How many send through it; null where it is no gateway. */
  behind: z.number().int().nullable(),
  /** Shut without asking because two held its key; a new one opens it. */
  isShut: z.boolean(),
  registeredAt: Instant,
  /** Of a secret that opens it; null where none does. */
  secretMadeAt: Instant.nullable(),
  /** The certificate that alone opens it, over TLS. */
  certificate: z.object({ fingerprint: z.string(), name: z.string(), registeredAt: Instant, until: Instant }).nullable(),
  latest: z.array(z.object({ key: z.string(), value: z.number(), at: Instant })),
  topics: z.object({ up: z.string(), down: z.string() }),
  /** What other engines know of it, as far as the reader may see. */
  sections: z.array(ProfileSection),
  mayChange: z.boolean(),
})
export type Device = z.infer<typeof Device>

const DeviceParams = z.object({ deviceId: Id })

export const deviceFilter = z.object({
  /** Part of the code, the name or the place. */
  q: text(1, 40).optional(),
  kind: DeviceKind.optional(),
  state: DeviceState.optional(),
  presence: Presence.optional(),
  /** A version, as devices say it. */
  firmware: text(1, 40).optional(),
  /** Those that send through this gateway. */
  gatewayId: Id.optional(),
})

export const listDevices = endpoint({
  method: 'GET',
  path: '/devices',
  summary: '设备台账',
  permission: 'signals.read',
  query: deviceFilter.extend({ limit: z.coerce.number().int().min(1).max(100).default(30), cursor: Cursor.optional() }),
  result: page(DeviceRow).extend({ asOf: Instant, total: z.number().int(), online: z.number().int() }),
})

export const getDevice = endpoint({
  method: 'GET',
  path: '/devices/:deviceId',
  summary: '一台设备：最新值、在线状态、绑定',
  permission: 'signals.read',
  params: DeviceParams,
  result: Device,
  errors: ['signals.device_unknown'],
})

export const listTelemetry = endpoint({
  method: 'GET',
  path: '/devices/:deviceId/telemetry',
  summary: '一台设备最近的消息',
  permission: 'signals.read',
  params: DeviceParams,
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30) }),
  result: z.object({
    items: z.array(
      z.object({
        at: Instant,
        receivedAt: Instant,
        /** `replaced`: the device's own time was not plausible. */
        timeSource: z.enum(['device', 'receipt', 'replaced']),
        values: z.record(z.string(), z.number()),
      }),
    ),
  }),
  errors: ['signals.device_unknown'],
})

/** The only time that a secret is shown. */
const ShownSecret = z.object({ deviceId: Id, code: z.string(), secret: z.string() })

export const registerDevice = endpoint({
  method: 'POST',
  path: '/devices',
  summary: '登记设备，给出接入密钥（只显示这一次）',
  permission: 'signals.register',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    code: DeviceCode,
    kind: DeviceKind,
    name: text(2, 40),
    protocol: Protocol.default('mqtt'),
    areaCode: AreaCode,
    buildingId: Id.optional(),
    place: text(2, 80),
    /** Absent: signals are about the device itself, or about its building where it hangs in one. */
    subject: z.object({ kind: SubjectKind, id: Id }).optional(),
    ownerOrgId: Id.optional(),
    maintainerOrgId: Id.optional(),
    /** Of the gateway through which it sends. */
    gatewayCode: DeviceCode.optional(),
  }),
  result: ShownSecret,
  status: 201,
  replayStatus: 200,
  errors: ['signals.code_taken', 'signals.data_invalid', 'access.area_unknown', 'access.area_forbidden'],
})

export const rotateSecret = endpoint({
  method: 'POST',
  path: '/devices/:deviceId/secret',
  summary: '换一个接入密钥，旧的立即作废',
  permission: 'signals.register',
  idempotent: true,
  params: DeviceParams,
  body: z.object({ requestId: RequestId, reason: text(2, 200) }),
  result: ShownSecret,
  errors: ['signals.device_unknown', 'signals.device_retired'],
})

export const registerCertificate = endpoint({
  method: 'POST',
  path: '/devices/:deviceId/certificate',
  summary: '登记或作废设备自己的证书；登记后只认这张证书，原来的密钥、证书立即作废',
  permission: 'signals.register',
  idempotent: true,
  params: DeviceParams,
  body: z.object({
    requestId: RequestId,
    /** PEM, without the private key; null revokes the one that stands. */
    certificate: z.string().trim().min(1).max(16_000).nullable(),
    reason: text(2, 200),
  }),
  result: Device,
  errors: ['signals.device_unknown', 'signals.device_retired', 'signals.data_invalid'],
})

export const changeDeviceState = endpoint({
  method: 'POST',
  path: '/devices/:deviceId/state',
  summary: '停用待修、恢复或注销设备',
  permission: 'signals.register',
  idempotent: true,
  params: DeviceParams,
  body: z.object({
    requestId: RequestId,
    state: DeviceState,
    suspendedFor: Pause.optional(),
    suspendedUntil: Instant.optional(),
    reason: text(2, 200),
  }),
  result: Device,
  errors: ['signals.device_unknown', 'signals.device_retired', 'signals.data_invalid'],
})

export const bindGateway = endpoint({
  method: 'POST',
  path: '/devices/:deviceId/gateway',
  summary: '设备接在哪台网关后面',
  permission: 'signals.register',
  idempotent: true,
  params: DeviceParams,
  body: z.object({ requestId: RequestId, gatewayCode: DeviceCode.nullable(), reason: text(2, 200) }),
  result: Device,
  errors: ['signals.device_unknown', 'signals.device_retired', 'signals.data_invalid'],
})

export const listFirmware = endpoint({
  method: 'GET',
  path: '/devices/firmware',
  summary: '固件清单：本辖区各类设备的版本各有多少台',
  permission: 'signals.read',
  result: z.object({
    items: z.array(z.object({ kind: z.string(), firmware: z.string().nullable(), devices: z.number().int() })),
    asOf: Instant,
  }),
})
