import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLine } from './line.ts'

/** The browser's EventSource as the line sees it. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static readonly opened: FakeSource[] = []
  readyState = 0
  readonly url: string
  constructor(url: string) {
    super()
    this.url = url
    FakeSource.opened.push(this)
  }
  close(): void {
    this.readyState = FakeSource.CLOSED
  }
}

let news: number
let page: EventTarget
let line: ReturnType<typeof openLine>
const source = () => FakeSource.opened.at(-1)!
const say = (kind: string) => source().dispatchEvent(new Event(kind))

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  FakeSource.opened.length = 0
  news = 0
  line = openLine({ onNews: () => (news += 1) })
})
afterEach(() => {
  line.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a case that moved, a gap that is over and a stream that starts anew are all reasons to read', () => {
  expect(source().url).toContain('screen=wall')
  for (const kind of ['open', 'case', 'episode', 'reset', 'open']) say(kind)
  say('inbox')
  expect(news).toBe(5)
})

test('a stream that the browser gave up is opened anew, with growing pauses; the network coming back does not wait', async () => {
  source().close()
  say('error')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(FakeSource.opened).toHaveLength(2)
  source().close()
  say('error')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(FakeSource.opened).toHaveLength(2)
  page.dispatchEvent(new Event('online'))
  expect(FakeSource.opened).toHaveLength(3)
  line.renew()
  expect(FakeSource.opened).toHaveLength(4)
  expect(FakeSource.opened[2]?.readyState).toBe(FakeSource.CLOSED)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(FakeSource.opened).toHaveLength(4)
})
