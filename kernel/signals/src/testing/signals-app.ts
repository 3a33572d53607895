import { routes as accessRoutes, createSessions, findArea, placeFrom } from '@linli/access/server'
import { aTown, type Town, type TownPost } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { type Ctx, createDispatcher } from '@linli/base/server'
import { type TestDatabase, testHttp } from '@linli/base/testing'
import { collectTemplates } from '@linli/messages/define'
import { sendDue } from '@linli/messages/server'
import { FakePhones } from '@linli/messages/testing'
import { importDwellings, importPersons, openHealthNote, recordVisit } from '@linli/registry/server'
import { alarmTemplates } from '../define/alarm-templates.ts'
import type { SignalsDeps } from '../server/deps.ts'
import { openDeviceBook } from '../server/device-book.ts'
import { alarmHandover, deviceHandover } from '../server/hand-over-devices.ts'
import { phoneSubscriber } from '../server/hear-phones.ts'
import { createIngest, type Ingest } from '../server/ingest.ts'
import { keepDays } from '../server/keep-days.ts'
import { rungSubscriber, sweepLadders } from '../server/ladder-steps.ts'
import type { TlsFiles } from '../server/mqtt/listen-tls.ts'
import { type MqttServer, startMqtt } from '../server/mqtt/start-mqtt.ts'
import { alarmRules } from '../server/raise-episodes.ts'
import { residentAlarmRoutes } from '../server/residents/routes.ts'
import { deviceRoutes, episodeRoutes } from '../server/routes.ts'
import { openRuleBook } from '../server/rule-book.ts'
import { sweepExpiring } from '../server/sweep-expiring.ts'
import { sweepLow } from '../server/sweep-low.ts'
import { sweepOffline } from '../server/sweep-offline.ts'
import { sweepTimers } from '../server/sweep-timers.ts'
import { telemetryRoute } from '../server/telemetry-route.ts'
import { lampFamily, lampLadder, lampRules } from './lamp-rules.ts'

export interface Answer {
  status: number
  json<T>(): T
}

export interface ADevice {
  deviceId: string
  code: string
  secret: string
}

export interface APerson {
  personId: string
  addressId: string
}

export interface SignalsApp {
  db: TestDatabase
  town: Town
  deps: SignalsDeps
  ingest: Ingest
  mqtt: MqttServer
  counts: { committed: number; quarantined: number; alarmed: Record<string, number> }
  send(by: TownPost, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>
  /** As a device without MQTT does. */
  post(device: Pick<ADevice, 'code' | 'secret'>, payload: string | Buffer, type?: string): Promise<Answer>
  /** Registered by the community worker of 幸福社区, in its first cell. */
  aDevice(kind: string, wanted?: object): Promise<ADevice>
  /** Somebody who lives alone in the first cell of 幸福社区 and agrees to being watched over, unless wanted otherwise. */
  aPerson(wanted?: { careGroups?: string[]; consents?: string[] }): Promise<APerson>
  telemetry(device: ADevice): Promise<{ at: Date; values: Record<string, number>; time_source: string; device_ts: string | null }[]>
  /** Whom a resident is bound to, both having agreed. */
  wards: Map<string, { personId: string; name: string }[]>
  /** As a resident who is signed in does. */
  asResident(token: string, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer>
  /** What went to phones, in the order in which it did; another call rings until `press` says otherwise. */
  phones: FakePhones
  /** What is due is looked at and rungs are taken, without waiting for whoever is told: an event waits for every transaction of the cluster. */
  sweep(): Promise<number>
  /** Rungs that are due are taken, whoever is on them is told, and what is due goes to phones. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** The engine over a town, with HTTP, MQTT, an encrypted door where one is wanted, and rules of invented lamps; what devices send goes the whole way. */
export async function signalsApp(db: TestDatabase, tls?: TlsFiles): Promise<SignalsApp> {
  const town = await db.system((system) => aTown(system))
  await db.system(keepDays)
  const counts: SignalsApp['counts'] = { committed: 0, quarantined: 0, alarmed: {} }
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  const wards: SignalsApp['wards'] = new Map()
  const deps: SignalsDeps = {
    ...db.deps,
    sessions,
    log: () => {},
    meters: {
      committed: (messages) => {
        counts.committed += messages
      },
      quarantined: () => {
        counts.quarantined++
      },
      alarmed: (rule) => {
        counts.alarmed[rule] = (counts.alarmed[rule] ?? 0) + 1
      },
    },
    templates: collectTemplates(alarmTemplates),
    sections: [],
    rules: openRuleBook({ rules: lampRules, ladders: [lampLadder], isOn: () => true }),
    findPlace: async (ctx, code) => {
      const area = await findArea(ctx, code)
      return area && placeFrom(area)
    },
    findSubject: async (_ctx, kind, id) => {
      if (kind === 'person' || kind === 'dwelling') return { name: '测试', place: placeFrom(town.areas.xingfuCell1) }
      const cell = Object.entries(town.buildings).find(([, buildingId]) => buildingId === id)?.[0]
      return kind === 'building' && cell ? { name: '1号楼', place: placeFrom(town.areas[cell as keyof Town['areas']]) } : undefined
    },
    recordVisit: (ctx, personId, said) => recordVisit(ctx, { vault: db.deps.vault, adoptFiles: async () => true }, personId, said),
    openCase: async () => undefined,
    findFamily: async () => [...lampFamily],
    findHome: async () => ({
      place: '1号楼2单元',
      area: placeFrom(town.areas.xingfuCell1),
      keeperOrgId: town.orgs.xingfuCommittee,
    }),
    findWards: async (_, residentId) => wards.get(residentId) ?? [],
    findBound: async (_, personId) =>
      [...wards].flatMap(([residentId, bound]) => (bound.some((ward) => ward.personId === personId) ? [residentId] : [])),
    nameResident: async () => '林*',
    openHealthNote: (ctx, personId, reason) => openHealthNote(ctx, db.deps.vault, personId, reason),
  }
  const rules = alarmRules(deps)
  const ingest = createIngest({ deps, pool: db.pool, alarmPool: db.pool, rules })
  const book = openDeviceBook(db.deps)
  const app = await testHttp((http) => {
    accessRoutes(http, { ...db.deps, sessions, participants: [deviceHandover, alarmHandover] })
    deviceRoutes(http, deps, rules)
    episodeRoutes(http, deps)
    residentAlarmRoutes(http, deps, ingest)
    telemetryRoute(http, deps, book, ingest)
  })
  const mqtt = await startMqtt({ deps, host: '127.0.0.1', port: 0, book, ingest, tls })
  const dispatcher = createDispatcher({
    ...db.deps,
    subscribers: [rungSubscriber(deps), phoneSubscriber(deps)],
    log: () => {},
  })
  const phones = new FakePhones(db.clock)
  const courier = { ...db.deps, channels: phones.channels, templates: deps.templates, terms: () => ({}) }
  const carry = async (): Promise<void> => {
    while ((await sendDue(courier)) > 0);
    await dispatcher.drain()
  }
  const sweep = async (): Promise<number> => {
    const looks = [sweepTimers, sweepOffline, sweepLow, sweepExpiring, sweepLadders]
    let done = 0
    for (const look of looks) for (let found = 1; found > 0; done += found) found = await db.system((system) => look(system, deps))
    return done
  }
  let asked = 0
  const dwellings: string[] = []
  /** A list brings the address of its building along, so one list is brought for all. */
  const nextDwelling = async (system: Ctx): Promise<string> => {
    const buildingId = town.buildings.xingfuCell1 ?? ''
    const rooms = Array.from({ length: 40 }, (_, at) => ({ buildingId, entrance: '2单元', dwelling: `${at + 1}室` }))
    if (dwellings.length === 0) dwellings.push(...(await importDwellings(system, rooms)))
    return dwellings.pop() ?? ''
  }
  const send: SignalsApp['send'] = async (by, method, path, body) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: town.signIn(by),
      remoteAddress: `10.0.${++asked >> 8}.${asked & 255}`,
      ...(body && { payload: body }),
    })
    return { status: answer.statusCode, json: () => answer.json() }
  }
  return {
    db,
    town,
    deps,
    ingest,
    mqtt,
    counts,
    phones,
    wards,
    send,
    async asResident(token, method, path, body) {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await app.inject({ method, url: `/api/v1${path}`, headers, ...(body && { payload: body }) })
      return { status: answer.statusCode, json: () => answer.json() }
    },
    async post({ code, secret }, payload, type = 'application/json') {
      const answer = await app.inject({
        method: 'POST',
        url: `/api/v1/devices/${code}/telemetry`,
        headers: { authorization: `Bearer ${secret}`, 'content-type': type },
        payload,
      })
      return { status: answer.statusCode, json: () => answer.json() }
    },
    async aDevice(kind, wanted = {}) {
      const body = {
        requestId: newId(),
        code: `T-${newId().slice(-12)}`,
        kind,
        name: '测试设备',
        areaCode: town.areas.xingfuCell1.code,
        place: '1号楼2单元',
        ...wanted,
      }
      const answer = await send('communityWorker', 'POST', '/devices', body)
      if (answer.status !== 201) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.json())}`)
      return answer.json<ADevice>()
    },
    aPerson: ({ careGroups = ['elder.lives-alone'], consents = ['lamps.watching'] } = {}) =>
      db.system(async (system) => {
        const dwellings = [await nextDwelling(system)]
        const [personId] = await importPersons(
          system,
          db.deps.vault,
          [
            {
              values: { name: '测试老人' },
              communityId: town.areas.xingfu.areaId,
              home: { at: 0, residence: 'owner', on: '2020-01-01' },
              careGroups: careGroups.map((careGroup) => ({ careGroup, basis: '测试', from: '2020-01-01' })),
              consents: consents.map((purpose) => ({ purpose, textVersion: '1', channel: 'paper' })),
            },
          ],
          { dwellings, source: 'demo' },
        )
        return { personId: personId!, addressId: dwellings[0]! }
      }),
    telemetry: ({ deviceId }) =>
      db.superuser(
        `SELECT at, values, time_source, device_ts FROM signals.telemetry WHERE device_id = '${deviceId}' ORDER BY at, message_key`,
      ),
    sweep,
    async settle() {
      for (let rounds = 0; rounds < 10; rounds++) {
        await dispatcher.drain()
        if ((await sweep()) === 0) return carry()
      }
    },
    close: async () => {
      await mqtt.stop()
      await app.close()
      await dispatcher.stop()
    },
  }
}
