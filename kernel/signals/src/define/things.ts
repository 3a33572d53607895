import type { ThingModel, ValueSpec } from './thing-model.ts'

const battery: ValueSpec = { key: 'battery', name: '电量', nameEn: 'Battery', type: 'number', unit: '%', from: 0, to: 100 }

/** The kinds of devices that the platform knows by itself; a maker's own codes are translated at the edge. */
export const things: readonly ThingModel[] = [
  {
    key: 'wristband',
    name: '智能手环',
    nameEn: 'Wristband',
    beatSeconds: 600,
    isLifeline: true,
    values: [
      { key: 'sos', name: '一键求助', nameEn: 'SOS', type: 'flag', from: 0, to: 1 },
      battery,
      { key: 'steps', name: '步数', nameEn: 'Steps', type: 'integer', unit: '步', from: 0, to: 200_000 },
    ],
  },
  {
    key: 'door',
    name: '门磁',
    nameEn: 'Door sensor',
    beatSeconds: 3600,
    values: [
      { key: 'passage', name: '进出', nameEn: 'Passage', type: 'flag', from: 0, to: 1 },
      // Makers that count no passages say whether the door stands open.
      { key: 'active', name: '门开着', nameEn: 'Door open', type: 'flag', from: 0, to: 1 },
      battery,
    ],
  },
  {
    key: 'smoke',
    name: '楼道烟感',
    nameEn: 'Corridor smoke detector',
    beatSeconds: 1800,
    isLifeline: true,
    values: [
      { key: 'smoke', name: '烟雾', nameEn: 'Smoke', type: 'flag', from: 0, to: 1 },
      { key: 'test', name: '自检', nameEn: 'Self-test', type: 'flag', from: 0, to: 1 },
      battery,
    ],
  },
  {
    key: 'meter',
    name: '智能电表',
    nameEn: 'Electricity meter',
    beatSeconds: 3600,
    values: [{ key: 'kwh', name: '用电量', nameEn: 'Electricity used', type: 'number', unit: 'kWh', from: 0, to: 100_000_000 }],
  },
  {
    key: 'motion',
    name: '人体活动感应',
    nameEn: 'Motion sensor',
    beatSeconds: 3600,
    values: [{ key: 'active', name: '有人活动', nameEn: 'Activity', type: 'flag', from: 0, to: 1 }, battery],
  },
  {
    key: 'gateway',
    name: '物联网关',
    nameEn: 'Gateway',
    beatSeconds: 600,
    isGateway: true,
    values: [{ key: 'devices', name: '在线终端', nameEn: 'Devices heard', type: 'integer', unit: '台', from: 0, to: 10_000 }],
  },
]

/** What a person holds in the hand already: it is in the ledger once somebody pressed, and nobody registers it. */
const app: ThingModel = {
  key: 'app',
  name: '居民手机',
  nameEn: 'Own phone',
  beatSeconds: 31_536_000,
  values: [{ key: 'sos', name: '一键求助', nameEn: 'SOS', type: 'flag', from: 0, to: 1 }],
}

/** Kinds by which somebody may call for help. */
export const lifelines: readonly string[] = things.filter(({ isLifeline }) => isLifeline).map(({ key }) => key)

export const findThing = (key: string): ThingModel | undefined => [...things, app].find((thing) => thing.key === key)
