import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { area } from '../api/queries.ts'
import { againMs } from './episodes-query.ts'

export type EpisodeView = AnswerOf<'GET /episodes/:episodeId'>
export type EpisodeRow = AnswerOf<'GET /episodes'>['items'][number]
export type AlarmStorm = AnswerOf<'GET /episodes'>['storms'][number]
export type OverviewRow = AnswerOf<'GET /episodes/overview'>['items'][number]
export type EpisodeMove = EpisodeView['moves'][number]
export type DeviceView = AnswerOf<'GET /devices/:deviceId'>
export type DeviceRow = AnswerOf<'GET /devices'>['items'][number]
export type DeviceQuery = Omit<InputOf<'GET /devices'>['query'], 'cursor'>
export type RuleView = AnswerOf<'GET /alarm-rules'>['items'][number]
export type Trial = AnswerOf<'GET /alarm-rules/:key/trial'>
export type TrialAsked = InputOf<'GET /alarm-rules/:key/trial'>['query']
export type Quarantined = AnswerOf<'GET /quarantine'>['items'][number]

export const episodeQuery = (episodeId: string) =>
  queryOptions({
    queryKey: [area.episodes, episodeId],
    queryFn: ({ signal }) => call('GET /episodes/:episodeId', { params: { episodeId } }, signal),
    refetchInterval: againMs,
  })

/** The latest alarms about one person: which of them a visit answered. */
export const subjectEpisodesQuery = (subjectId: string) =>
  queryOptions({
    queryKey: [area.episodes, 'about', subjectId],
    queryFn: ({ signal }) => call('GET /episodes', { query: { subjectId, limit: 20 } }, signal),
  })

/** The open alarms with their places on a map. */
export const overviewQuery = (place: string | undefined) =>
  queryOptions({
    queryKey: [area.episodes, 'overview', place],
    queryFn: ({ signal }) => call('GET /episodes/overview', { query: { area: place } }, signal),
    refetchInterval: againMs,
  })

/** The ground of a map; it changes when somebody redraws a cell. */
export const outlinesQuery = (place: string | undefined) =>
  queryOptions({
    queryKey: ['outlines', place],
    queryFn: ({ signal }) => call('GET /areas/outlines', { query: { area: place } }, signal),
    staleTime: 10 * 60_000,
  })

export const devicesQuery = (query: DeviceQuery) =>
  infiniteQueryOptions({
    queryKey: [area.devices, query],
    queryFn: ({ pageParam, signal }) => call('GET /devices', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 30_000,
  })

export const deviceQuery = (deviceId: string) =>
  queryOptions({
    queryKey: [area.devices, 'one', deviceId],
    queryFn: ({ signal }) => call('GET /devices/:deviceId', { params: { deviceId } }, signal),
    refetchInterval: 10_000,
  })

/** Which versions devices say they have. */
export const firmwareQuery = queryOptions({
  queryKey: [area.devices, 'firmware'],
  queryFn: ({ signal }) => call('GET /devices/firmware', {}, signal),
})

export const telemetryQuery = (deviceId: string) =>
  queryOptions({
    queryKey: [area.devices, 'telemetry', deviceId],
    queryFn: ({ signal }) => call('GET /devices/:deviceId/telemetry', { params: { deviceId }, query: { limit: 20 } }, signal),
    refetchInterval: 10_000,
  })

export const quarantineQuery = (state: 'waiting' | 'resent' | 'dropped') =>
  infiniteQueryOptions({
    queryKey: [area.quarantine, state],
    queryFn: ({ pageParam, signal }) => call('GET /quarantine', { query: { state, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** The rules of alarms, with what became of their alarms in so many days. */
export const rulesQuery = (days: number) =>
  queryOptions({
    queryKey: [area.episodes, 'rules', days],
    queryFn: ({ signal }) => call('GET /alarm-rules', { query: { days } }, signal),
  })

/** Each trial is on record, so it is asked for once and not again by itself. */
export const trialQuery = (key: string, asked: TrialAsked | undefined) =>
  queryOptions({
    queryKey: ['alarm-trial', key, asked],
    queryFn: ({ signal }) => call('GET /alarm-rules/:key/trial', { params: { key }, query: asked! }, signal),
    enabled: asked !== undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  })
