import { type AnswerOf, call, type InputOf } from '@linli/ui/client'

export type Me = AnswerOf<'GET /me'>
export type AreaCounts = AnswerOf<'GET /cases/counts/areas'>
export type Place = AreaCounts['area']
export type KindCounts = AreaCounts['kinds'][number]
export type Figures = KindCounts['own']
export type FigureKey = keyof Figures
export type ListQuery = InputOf<'GET /cases/overview'>['query']
export type Matters = AnswerOf<'GET /cases/overview'>
export type Matter = Matters['items'][number]
export type AppealStatistics = AnswerOf<'GET /statistics/appeals'>
export type EventStatistics = AnswerOf<'GET /statistics/events'>
export type Rate = AppealStatistics['rates'][number]

/** Appeals and events of so many days make the rates. */
export const rateDays = 30
/** More than a column has room for is behind "all". */
const shown = 8

export const readCounts = (area: string | undefined, signal: AbortSignal): Promise<AreaCounts> =>
  call('GET /cases/counts/areas', { query: { area } }, signal)

export const readList = (query: ListQuery, signal?: AbortSignal): Promise<Matters> => call('GET /cases/overview', { query }, signal)

/** A case that a figure of the statistics counts; one that is counted twice comes twice. */
export type FigureRows = AnswerOf<'GET /statistics/rows'>
export type FigureQuery = InputOf<'GET /statistics/rows'>['query']

export const readFigure = (query: FigureQuery, signal?: AbortSignal): Promise<FigureRows> => call('GET /statistics/rows', { query }, signal)

export interface MattersOfWall {
  asOf: string
  supervised: Matters
  overdue: Matters
  latest: Matters
}

export async function readMatters(area: string | undefined, signal: AbortSignal): Promise<MattersOfWall> {
  const list = (figure: ListQuery['figure'], limit: number) => readList({ figure, area, limit }, signal)
  const [supervised, overdue, latest] = await Promise.all([list('supervised', shown), list('overdue', shown), list('received', shown)])
  return { asOf: latest.asOf, supervised, overdue, latest }
}

export interface RatesOfWall {
  asOf: string
  appeals: AppealStatistics
  events: EventStatistics
}

export async function readRates(area: string | undefined, signal: AbortSignal): Promise<RatesOfWall> {
  const query = { days: rateDays, area }
  const [appeals, events] = await Promise.all([
    call('GET /statistics/appeals', { query }, signal),
    call('GET /statistics/events', { query }, signal),
  ])
  return { asOf: appeals.asOf, appeals, events }
}

/** Open alarms as a wall may show them. */
export type Alarms = AnswerOf<'GET /episodes/overview'>
export type Alarm = Alarms['items'][number]
export type Outlines = AnswerOf<'GET /areas/outlines'>

export const readAlarms = (area: string | undefined, signal: AbortSignal): Promise<Alarms> =>
  call('GET /episodes/overview', { query: { area } }, signal)

export const readOutlines = (area: string | undefined, signal: AbortSignal): Promise<Outlines> =>
  call('GET /areas/outlines', { query: { area } }, signal)
