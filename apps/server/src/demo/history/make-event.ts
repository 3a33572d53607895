import { placeFrom } from '@linli/access/server'
import type { WorkingCalendar } from '@linli/base/define'
import { applyEntry, type CaseState, type CaseType, findMove, formOf, openState } from '@linli/cases/define'
import { type CaseHistory, type HistoryEntry, titleOf } from '@linli/cases/server'
import type { Member, Town } from '../seed-town.ts'
import { type EventMatter, eventMatters } from './event-matters.ts'
import { filingTimes } from './filing-times.ts'
import { chooseHands, officeFor, settingOf } from './hands.ts'
import type { Hands } from './live.ts'
import { type EventFate, liveEvent } from './live-event.ts'
import type { World } from './make-case.ts'
import { Random } from './random.ts'
import { inventResidents, type Resident } from './residents.ts'
import { homesOf } from './seed-history.ts'
import { stagedEvents, type WantedEvent } from './staged-events.ts'
import { workTime } from './work-time.ts'

export interface MadeEvent {
  history: CaseHistory
  state: CaseState
  reporter: Member
  hands: Hands
  /** Pictures that its steps name. */
  photos: readonly { fileId: string; at: Date }[]
}

interface Finding {
  random: Random
  matter: EventMatter
  resident: Resident
  at: Date
  fate: EventFate
}

const seed = 20_260_401
const days = 548

/** The events of eighteen months in the order in which they were reported, invented as they are asked for. */
export function* inventEvents(
  now: Date,
  town: Town,
  options: { calendar(): WorkingCalendar; type: CaseType; events: number },
): Generator<MadeEvent> {
  const calendar = options.calendar()
  const work = workTime(calendar)
  const world: World = { type: options.type, town, calendar, work, now }
  const random = new Random(seed)
  const residents = inventResidents(random, homesOf(town))
  const staged = stagedEvents.flatMap((want, w) => stageEvents(world, residents, want, seed + w * 10_000))
  staged.sort((a, b) => a.state.openedAt.getTime() - b.state.openedAt.getTime())
  const times = filingTimes(random, work, { until: now, days, count: Math.max(0, options.events - staged.length) })
  for (const [i, at] of times.entries()) {
    while (staged[0] && staged[0].state.openedAt < at) yield staged.shift()!
    const own = new Random(seed + 2_000_000 + i * 7919)
    const resident = own.pick(residents)
    const fitting = eventMatters.filter(({ settings }) => settings.includes(settingOf(resident.home)))
    yield makeEvent(world, { random: own, matter: own.weigh(fitting, ({ weight }) => weight), resident, at, fate: {} })
  }
  yield* staged
}

const tries = 200

/** Events that a desk should find at first sight, whatever day it is. */
function stageEvents(world: World, residents: readonly Resident[], want: WantedEvent, first: number): MadeEvent[] {
  const found: MadeEvent[] = []
  const living = residents.filter(({ home }) => want.home.includes(home))
  for (let attempt = 0; attempt < tries && found.length < want.count; attempt++) {
    const random = new Random(first + attempt * 31)
    const resident = random.pick(living)
    const fitting = eventMatters.filter(
      (matter) =>
        matter.settings.includes(settingOf(resident.home)) &&
        (!want.office || officeFor(matter.handler, resident.home) === want.office) &&
        (!want.level || matter.levels[0] === want.level) &&
        (!want.fate.selfHandles || matter.onTheSpot),
    )
    if (fitting.length === 0) continue
    const at = new Date(world.work.before(world.now, random.between(...want.ago)).getTime() - random.integer(0, 50_000))
    const made = makeEvent(world, { random, matter: random.pick(fitting), resident, at, fate: want.fate })
    if (made.state.stage === want.stage && (!want.byReporter || made.reporter.orgId !== made.hands.handler.orgId)) found.push(made)
  }
  return found
}

/** One event from its report to whatever it has come to by now. */
function makeEvent(world: World, { random, matter, resident, at, fate }: Finding): MadeEvent {
  const { town } = world
  const hands = chooseHands(town, random, matter, resident.home)
  const walker = town.members.find(({ role, area }) => role === 'gridWorker' && area.code === resident.home)
  const reporter = walker && random.chance(0.85) ? walker : hands.acceptor
  const isForResident = random.chance(0.2)
  const subject = random.integer(0, matter.seen.length - 1)
  const number = String(random.integer(2, 5))
  const place = resident.building ?? town.areas.get(resident.home)!.name
  const fill = (text: string): string => text.replaceAll('{b}', place).replaceAll('{n}', number)
  const detail = `${fill(matter.seen[subject]!)}。`
  const occurred = random.chance(0.4) ? new Date(at.getTime() - random.around(50) * 60_000).toISOString() : undefined
  const opening: HistoryEntry = {
    seq: 1,
    move: 'open',
    at,
    ...makerOf(reporter),
    data: {
      title: titleOf(detail),
      detail,
      category: matter.category,
      appealType: null,
      level: random.weigh(matter.levels, (level) => (level === matter.levels[0] ? 3 : 1)),
      ...(occurred && { occurredAt: occurred }),
      channel: isForResident ? 'visit' : 'grid',
      place,
      position: positionOf(town, random, resident, place),
      attachments: [],
    },
  }
  let state = openState(world.type, opening)
  const entries: HistoryEntry[] = [opening]
  const photos: MadeEvent['photos'][number][] = []
  const steps = liveEvent({
    ...world,
    random,
    hands,
    reporter,
    overseer: town.members.find(({ role }) => role === 'countyLead')!,
    fate,
    matter,
    outcome: fill(matter.done[subject]!),
    isForResident,
    openedAt: at,
    state: () => state,
    photo: (when) => {
      if (!needsPhoto(world.type, state)) return []
      photos.push({ fileId: random.id(when), at: when })
      return [photos.at(-1)!.fileId]
    },
  })
  for (const step of fate.until === 'open' ? [] : steps) {
    if (step.at > world.now) break
    const entry = { seq: state.seq + 1, move: step.move, data: step.data, at: step.at, ...makerOf(step.by) }
    state = applyEntry(world.type, state, entry)
    entries.push(entry)
    if (step.move === fate.until) break
  }
  const taken = new Set(entries.flatMap(({ data }) => (data.attachments as string[] | undefined) ?? []))
  return {
    history: {
      caseId: random.id(at),
      place: placeFrom(town.areas.get(resident.home)!),
      contact: isForResident ? { name: resident.name, phone: resident.phone } : undefined,
      entries,
    },
    state,
    reporter,
    hands,
    photos: photos.filter(({ fileId }) => taken.has(fileId)),
  }
}

/** Whether the result of this one must be shown, by its definition. */
function needsPhoto(type: CaseType, state: CaseState): boolean {
  const finish = findMove(type, 'finish')
  return formOf(finish!, state)?.fields.some((field) => field.type === 'files' && field.required) ?? false
}

function positionOf(town: Town, random: Random, resident: Resident, place: string): { lon: number; lat: number } | null {
  const building = town.buildings.get(resident.home)?.find(({ name }) => name === place)
  if (!building) return null
  const near = (degrees: number): number => Math.round((degrees + random.between(-0.0001, 0.0001)) * 1e6) / 1e6
  return { lon: near(building.lon), lat: near(building.lat) }
}

const makerOf = (member: Member | null) => ({
  accountId: member?.accountId ?? null,
  postId: member?.postId ?? null,
  orgId: member?.orgId ?? null,
})
