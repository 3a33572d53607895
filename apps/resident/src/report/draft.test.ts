import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../testing/fake-storage.ts'

type DraftModule = typeof import('./draft.ts')

/** What a reload of the page does to the modules. */
async function refresh(): Promise<DraftModule> {
  vi.resetModules()
  return await import('./draft.ts')
}

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a draft survives two refreshes with its photos, place and request id', async () => {
  const first = await refresh()
  first.draftStore.change({ detail: '井盖裂了', photos: [{ id: 'p1', fileId: 'f1' }], spot: '3 号楼东侧' })
  const { requestId } = first.draftStore.get()
  await refresh()
  const third = await refresh()
  expect(third.draftStore.get()).toMatchObject({ requestId, detail: '井盖裂了', photos: [{ id: 'p1', fileId: 'f1' }], spot: '3 号楼东侧' })
})

test('opening the page writes nothing, so an empty page cannot blank a stored draft', async () => {
  const first = await refresh()
  first.draftStore.change({ detail: '写了一半' })
  const stored = localStorage.getItem('linli.draft')
  const second = await refresh()
  second.draftStore.get()
  expect(localStorage.getItem('linli.draft')).toBe(stored)
})

test('a draft is kept for 30 days and not longer', async () => {
  const { readDraft, emptyDraft } = await refresh()
  const day = 86_400_000
  const draft = { ...emptyDraft(), changedAt: 1000 * day, detail: '还在' }
  expect(readDraft(draft, 1030 * day)?.detail).toBe('还在')
  expect(readDraft(draft, 1030 * day + 1)).toBeUndefined()
})

test('a cleared draft begins under a new request id; an unfinished one keeps its own', async () => {
  const { draftStore } = await refresh()
  draftStore.change({ detail: '一' })
  const { requestId } = draftStore.get()
  draftStore.change({ detail: '一二' })
  expect(draftStore.get().requestId).toBe(requestId)
  draftStore.clear()
  expect(draftStore.get().requestId).not.toBe(requestId)
  expect(draftStore.get().detail).toBe('')
})

test('a refused report comes back under a new request id, for its text will be another', async () => {
  const { draftStore, emptyDraft } = await refresh()
  const refused = { ...emptyDraft(), detail: '电话写错了', phone: '123' }
  draftStore.restore(refused, { detail: '有填得不对的地方', fields: [{ path: 'contact.phone', message: '手机号是 11 位' }] })
  expect(draftStore.get()).toMatchObject({ detail: '电话写错了', refusal: { fields: [{ path: 'contact.phone' }] } })
  expect(draftStore.get().requestId).not.toBe(refused.requestId)
})

test('what another version stored, or garbage, counts as nothing', async () => {
  localStorage.setItem('linli.draft', '{"detail":5')
  expect((await refresh()).draftStore.get().detail).toBe('')
  localStorage.setItem('linli.draft', '[1,2]')
  expect((await refresh()).draftStore.get().detail).toBe('')
})

test('without storage the draft lives until the page closes', async () => {
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new Error('blocked')
    },
    setItem() {
      throw new Error('blocked')
    },
  })
  const { draftStore } = await refresh()
  draftStore.change({ detail: '没有存储' })
  expect(draftStore.get().detail).toBe('没有存储')
})
