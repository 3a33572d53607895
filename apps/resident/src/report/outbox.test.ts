import { ApiError } from '@linli/ui/client'
import { keep } from '@linli/ui/phone'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Matter } from '../kept/matters.ts'
import { fakeStorage } from '../testing/fake-storage.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { createOutbox, type OutboxOptions, type QueuedReport } from './outbox.ts'
import { reportBody } from './report-body.ts'

const problem = (status: number, code: string, more = {}): ApiError =>
  new ApiError({ type: 'about:blank', title: code, status, code, traceId: '', ...more })
const offline = (): ApiError => problem(0, 'client.offline')

/** A server that answers by request id, like the real one, and can be cut off before or after it has stored. */
function fakeServer() {
  const stored = new Map<string, { number: string; code: string }>()
  const bodies: string[] = []
  let trouble: (() => Error | undefined) | undefined
  let losesAnswer = false
  return {
    stored,
    bodies,
    failWith: (make: (() => Error | undefined) | undefined) => {
      trouble = make
    },
    loseAnswers: (loses: boolean) => {
      losesAnswer = loses
    },
    file: vi.fn(async (body: ReturnType<typeof reportBody>) => {
      const error = trouble?.()
      if (error) throw error
      bodies.push(JSON.stringify(body))
      const answer = stored.get(body.requestId) ?? {
        number: `20261122-${String(stored.size + 1).padStart(6, '0')}`,
        code: '4129437994293662',
      }
      stored.set(body.requestId, answer)
      if (losesAnswer) throw offline()
      return answer
    }),
  }
}

function setUp(change: Partial<OutboxOptions> = {}) {
  const server = fakeServer()
  const photos = new Map<string, Blob>()
  const filed: Matter[] = []
  const kept = keep<readonly QueuedReport[]>('linli.outbox', [], (stored) => stored as QueuedReport[])
  const upload = vi.fn(async (photo: Blob) => ({ id: `file-${photo.size}` }))
  const outbox = createOutbox({
    kept,
    photos: {
      put: async (id, blob) => void photos.set(id, blob),
      get: async (id) => photos.get(id),
      remove: async (id) => void photos.delete(id),
    },
    upload,
    file: server.file,
    filed: (matter) => filed.push(matter),
    now: () => 1_000,
    ...change,
  })
  const submit = (draft: Draft) => {
    outbox.add(reportBody(draft, '510131001002'), draft)
    return outbox.send(draft.requestId)
  }
  return { server, photos, filed, kept, upload, outbox, submit }
}

const aDraft = (change: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), detail: '井盖裂了一块。晚上看不清', ...change })

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
})

describe('a submitted report', () => {
  test('is filed and remembered with number, tail and title', async () => {
    const { filed, kept, submit } = setUp()
    const outcome = await submit(aDraft({ phone: '199 9999 0001' }))
    expect(outcome).toMatchObject({ kind: 'filed', matter: { number: '20261122-000001', tail: '0001', title: '井盖裂了一块' } })
    expect(filed).toHaveLength(1)
    expect(kept.get()).toEqual([])
  })

  test('has the last four of its code as tail when no phone was left', async () => {
    const { submit } = setUp()
    expect(await submit(aDraft())).toMatchObject({ matter: { tail: '3662' } })
  })

  test('submitted twice at once is filed once', async () => {
    const { server, submit, filed } = setUp()
    const draft = aDraft()
    const outcomes = await Promise.all([submit(draft), submit(draft)])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['filed', 'filed'])
    expect(server.stored.size).toBe(1)
    expect(filed).toHaveLength(1)
  })

  test('waits while there is no connection, and goes out exactly once when it is back', async () => {
    const { server, submit, outbox, filed, kept } = setUp()
    server.failWith(offline)
    const draft = aDraft()
    expect(await submit(draft)).toEqual({ kind: 'waiting' })
    expect(kept.get()).toHaveLength(1)
    server.failWith(undefined)
    await outbox.flush()
    await outbox.flush()
    expect(server.stored.size).toBe(1)
    expect(filed).toHaveLength(1)
  })

  test('whose answer was lost is repeated byte for byte and becomes one case', async () => {
    const { server, submit, outbox, filed } = setUp()
    server.loseAnswers(true)
    expect((await submit(aDraft())).kind).toBe('waiting')
    server.loseAnswers(false)
    await outbox.flush()
    expect(server.bodies).toHaveLength(2)
    expect(server.bodies[0]).toBe(server.bodies[1])
    expect(server.stored.size).toBe(1)
    expect(filed).toHaveLength(1)
  })

  test.each([
    [503, 'base.busy'],
    [500, 'base.failed'],
    [429, 'base.too_many'],
  ])('is kept, not refused, after a %i', async (status, code) => {
    const { server, submit, kept } = setUp()
    server.failWith(() => problem(status, code))
    expect((await submit(aDraft())).kind).toBe('waiting')
    expect(kept.get()[0]?.refusal).toBeUndefined()
  })

  test('that is refused keeps its draft and what was wrong, and is not sent again', async () => {
    const { server, submit, outbox } = setUp()
    server.failWith(() =>
      problem(400, 'base.request_invalid', { detail: '有填得不对的地方', fields: [{ path: 'contact.phone', message: '手机号是 11 位' }] }),
    )
    const outcome = await submit(aDraft({ phone: '12345' }))
    expect(outcome).toMatchObject({
      kind: 'refused',
      report: { draft: { phone: '12345' }, refusal: { fields: [{ path: 'contact.phone' }] } },
    })
    await outbox.flush()
    expect(server.file).toHaveBeenCalledTimes(1)
  })

  test('waiting behind one that cannot go does not overtake it', async () => {
    const { server, submit, outbox } = setUp()
    server.failWith(offline)
    const first = aDraft({ detail: '先报的' })
    const second = aDraft({ detail: '后报的' })
    await submit(first)
    await submit(second)
    server.failWith(undefined)
    await outbox.flush()
    expect([...server.stored.keys()]).toEqual([first.requestId, second.requestId])
  })

  test('survives the page: another one finds it in storage and sends it', async () => {
    const one = setUp()
    one.server.failWith(offline)
    const draft = aDraft()
    await one.submit(draft)
    const other = setUp()
    await other.outbox.flush()
    expect([...other.server.stored.keys()]).toEqual([draft.requestId])
    expect(other.filed).toMatchObject([{ requestId: draft.requestId }])
  })
})

describe('photos of a report', () => {
  const withPhotos = aDraft({ photos: [{ id: 'a', fileId: 'file-sent-ahead' }, { id: 'b' }] })

  test('that were sent ahead are not sent again; the others go first', async () => {
    const { photos, upload, server, submit } = setUp()
    photos.set('a', new Blob(['1']))
    photos.set('b', new Blob(['22']))
    await submit({ ...withPhotos, requestId: emptyDraft().requestId })
    expect(upload).toHaveBeenCalledTimes(1)
    expect(JSON.parse(server.bodies[0] ?? '{}').attachments).toEqual(['file-sent-ahead', 'file-2'])
    expect(photos.size).toBe(0)
  })

  test('already sent before the line was cut are not sent twice', async () => {
    const { photos, upload, server, submit, outbox } = setUp()
    photos.set('b', new Blob(['22']))
    server.failWith(offline)
    await submit({ ...withPhotos, requestId: emptyDraft().requestId })
    server.failWith(undefined)
    await outbox.flush()
    expect(upload).toHaveBeenCalledTimes(1)
  })

  test('one that the server will not take does not hold up the report, and is counted', async () => {
    const { photos, submit } = setUp({ upload: vi.fn(async () => Promise.reject(problem(415, 'file.type_refused'))) })
    photos.set('b', new Blob(['22']))
    expect(await submit({ ...withPhotos, requestId: emptyDraft().requestId })).toMatchObject({ kind: 'filed', matter: { photosLost: 1 } })
  })

  test('that the server has forgotten meanwhile are sent again from the device', async () => {
    const { photos, upload, server, submit } = setUp()
    photos.set('a', new Blob(['1']))
    photos.set('b', new Blob(['22']))
    let forgotten = true
    server.failWith(() => {
      if (!forgotten) return undefined
      forgotten = false
      return problem(422, 'case.attachment_unknown')
    })
    expect((await submit({ ...withPhotos, requestId: emptyDraft().requestId })).kind).toBe('filed')
    expect(upload).toHaveBeenCalledTimes(3)
    expect(JSON.parse(server.bodies[0] ?? '{}').attachments).toEqual(['file-1', 'file-2'])
  })

  test('forgotten again and again end in a refusal, not in a loop', async () => {
    const { photos, server, submit } = setUp()
    photos.set('a', new Blob(['1']))
    server.failWith(() => problem(422, 'case.attachment_unknown'))
    expect((await submit({ ...withPhotos, requestId: emptyDraft().requestId })).kind).toBe('refused')
    expect(server.file.mock.calls.length).toBeLessThan(4)
  })
})
