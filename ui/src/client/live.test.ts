import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type LineState, openLine } from './live.ts'
import type { LiveEvent } from './live-event.ts'

/** The browser's EventSource as the line sees it: it reports, and somebody else decides what happens on the wire. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static readonly opened: FakeSource[] = []
  readyState = 0
  constructor() {
    super()
    FakeSource.opened.push(this)
  }
  close(): void {
    this.readyState = FakeSource.CLOSED
  }
  connect(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  /** The browser tries again by itself. */
  drop(): void {
    this.readyState = 0
    this.dispatchEvent(new Event('error'))
  }
  /** The browser gives up: an answer that is no stream. */
  giveUp(): void {
    this.readyState = FakeSource.CLOSED
    this.dispatchEvent(new Event('error'))
  }
  send(kind: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }))
  }
}

let states: LineState[]
let bunches: (readonly LiveEvent[])[]
let caughtUp: number
let page: EventTarget
let stop: () => void

const source = (): FakeSource => FakeSource.opened.at(-1) as FakeSource
const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  FakeSource.opened.length = 0
  states = []
  bunches = []
  caughtUp = 0
  stop = openLine({
    url: '/api/v1/stream',
    onEvents: (events) => bunches.push(events),
    catchUp: async () => {
      caughtUp += 1
    },
    onState: (state) => states.push(state),
  })
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the first connection is simply live: nothing was missed, nothing is read again', async () => {
  source().connect()
  await settle()
  expect(states).toEqual(['connecting', 'live'])
  expect(caughtUp).toBe(0)
})

test('after a cut everything on the screen is read again, said, and then quiet [PLAT-12] (live push)', async () => {
  source().connect()
  source().drop()
  expect(states.at(-1)).toBe('broken')
  source().connect()
  await settle()
  expect(states.slice(-2)).toEqual(['catchingUp', 'caughtUp'])
  expect(caughtUp).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(states.at(-1)).toBe('live')
})

test('a stream that the browser gave up is opened anew, with growing pauses', async () => {
  source().giveUp()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(FakeSource.opened).toHaveLength(2)
  source().giveUp()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(FakeSource.opened).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(FakeSource.opened).toHaveLength(3)
  source().connect()
  await settle()
  expect(caughtUp).toBe(1)
})

test('when the network comes back the old stream is not waited for', async () => {
  source().connect()
  page.dispatchEvent(new Event('offline'))
  expect(states.at(-1)).toBe('broken')
  page.dispatchEvent(new Event('online'))
  expect(FakeSource.opened).toHaveLength(2)
  expect(FakeSource.opened[0]?.readyState).toBe(FakeSource.CLOSED)
  source().connect()
  await settle()
  expect(caughtUp).toBe(1)
})

test('a storm of events comes in bunches, and what is no event of ours is left out', async () => {
  source().connect()
  for (const caseId of ['a', 'b', 'c']) source().send('case', { caseId })
  source().send('case', { nothing: true })
  source().send('inbox', { unread: 2 })
  await vi.advanceTimersByTimeAsync(300)
  expect(bunches).toHaveLength(1)
  expect(bunches[0]?.map((event) => event.kind)).toEqual(['case', 'case', 'case', 'inbox'])
})

test('a line that was stopped says nothing more', async () => {
  source().connect()
  source().send('case', { caseId: 'a' })
  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(bunches).toEqual([])
  expect(source().readyState).toBe(FakeSource.CLOSED)
})
