import type { EpisodeStage } from './episode.ts'

type Word = readonly [zh: string, en: string]

/** How an alarm stands, as lists and papers say it. */
export const stageWords: Readonly<Record<EpisodeStage, Word>> = {
  raised: ['没人接', 'Not answered'],
  acknowledged: ['已接警', 'Answered'],
  departed: ['已出发', 'On the way'],
  arrived: ['已到场', 'Arrived'],
  settled: ['已办结', 'Settled'],
}

/** How a device stands: heard of, or taken out of use. */
export const presenceWords: Readonly<Record<'online' | 'offline' | 'never' | 'active' | 'suspended' | 'retired', Word>> = {
  online: ['在线', 'Online'],
  offline: ['离线', 'Offline'],
  never: ['没上报过', 'Never heard'],
  active: ['在用', 'In use'],
  suspended: ['停用', 'Suspended'],
  retired: ['已注销', 'Retired'],
}
