import { placeFrom } from '@linli/access/server'
import type { WorkingCalendar } from '@linli/base/define'
import { applyEntry, type CaseState, type CaseType, openState } from '@linli/cases/define'
import { type CaseHistory, type HistoryEntry, titleOf } from '@linli/cases/server'
import type { Member, Town } from '../seed-town.ts'
import { chooseHands } from './hands.ts'
import { inventText } from './invent-text.ts'
import { type Fate, type Hands, live } from './live.ts'
import type { Matter } from './matter.ts'
import type { Random } from './random.ts'
import type { Resident } from './residents.ts'
import type { WorkTime } from './work-time.ts'

export interface World {
  type: CaseType
  town: Town
  calendar: WorkingCalendar
  work: WorkTime
  now: Date
}

export interface Filing {
  random: Random
  matter: Matter
  resident: Resident
  at: Date
  fate: Fate
}

export interface MadeCase {
  history: CaseHistory
  state: CaseState
  hands: Hands
}

const roads = ['松华路', '城南街', '文化路', '滨河路', '迎宾大道', '清江街']

/** One case from its filing to whatever it has come to by now. */
export function makeCase(world: World, filing: Filing): MadeCase {
  const { random, matter, resident, fate } = filing
  const hands = chooseHands(world.town, random, matter, resident.home)
  const place = resident.building ?? `${random.pick(roads)} ${random.integer(2, 118)} 号`
  const text = inventText(random, matter, place)
  const channel = channelOf(random, world, hands, filing)
  const opening = openingEntry(world, filing, { ...text, place, ...channel })
  let state = openState(world.type, opening)
  const entries: HistoryEntry[] = [opening]
  const steps = live({
    ...world,
    random,
    hands,
    fate,
    matter: { ...matter, reply: text.reply },
    filedByResident: channel.channel === 'app',
    openedAt: opening.at,
    state: () => state,
  })
  for (const step of fate.until === 'open' ? [] : steps) {
    if (step.at > world.now) break
    const entry = { seq: state.seq + 1, move: step.move, data: step.data, at: step.at, ...makerOf(step.by) }
    state = applyEntry(world.type, state, entry)
    entries.push(entry)
    if (step.move === fate.until) break
  }
  const contact = random.chance(0.88) || channel.by ? { name: resident.name, phone: resident.phone } : undefined
  const area = world.town.areas.get(resident.home)!
  return { history: { caseId: random.id(opening.at), place: placeFrom(area), contact, entries }, state, hands }
}

const makerOf = (member: Member | null) => ({
  accountId: member?.accountId ?? null,
  postId: member?.postId ?? null,
  orgId: member?.orgId ?? null,
})

interface Channel {
  channel: 'app' | 'phone' | 'counter' | 'visit'
  by: Member | null
}

/** Most file by themselves; the rest call, come to the counter or are visited, and are entered by staff. */
function channelOf(random: Random, world: World, hands: Hands, { at, resident }: Filing): Channel {
  const channel = random.weigh(['app', 'phone', 'counter', 'visit'] as const, (one) => ({ app: 60, phone: 22, counter: 11, visit: 7 })[one])
  if (channel === 'app' || !world.work.isWorkingDay(at)) return { channel: 'app', by: null }
  if (channel === 'phone') return { channel, by: hands.dispatcher }
  if (channel === 'counter') return { channel, by: hands.acceptor }
  const visitor = world.town.members.find(({ role, area }) => role === 'gridWorker' && area.code === resident.home)
  return visitor ? { channel, by: visitor } : { channel: 'counter', by: hands.acceptor }
}

function openingEntry(
  world: World,
  { random, matter, resident, at }: Filing,
  filed: Channel & { detail: string; place: string },
): HistoryEntry {
  const building = world.town.buildings.get(resident.home)?.find(({ name }) => name === filed.place)
  const isFiledByResident = filed.by === null
  const jitter = () => random.between(-0.0001, 0.0001)
  return {
    seq: 1,
    move: 'open',
    at,
    ...makerOf(filed.by),
    data: {
      title: titleOf(filed.detail),
      detail: filed.detail,
      category: !isFiledByResident || random.chance(0.75) ? matter.category : null,
      appealType: !isFiledByResident || random.chance(0.25) ? matter.types[0] : null,
      channel: filed.channel,
      place: filed.place,
      position:
        building && isFiledByResident && random.chance(0.7)
          ? { lon: round(building.lon + jitter()), lat: round(building.lat + jitter()) }
          : null,
      attachments: [],
    },
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
