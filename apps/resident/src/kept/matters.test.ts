import { beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../testing/fake-storage.ts'

async function refresh(): Promise<typeof import('./matters.ts')> {
  vi.resetModules()
  return await import('./matters.ts')
}

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
})

test('a matter filed here is found again after a refresh, newest first', async () => {
  const before = await refresh()
  before.rememberMatter({ number: 'A', tail: '0001', title: '一', keptAt: 1 })
  before.rememberMatter({ number: 'B', tail: '0002', title: '二', keptAt: 2 })
  expect((await refresh()).matters.get().map((matter) => matter.number)).toEqual(['B', 'A'])
})

test('looking up what was filed here keeps its rating code', async () => {
  const { rememberMatter, matters } = await refresh()
  rememberMatter({ number: 'A', tail: '0001', code: '4129', requestId: 'r', title: '一', keptAt: 1 })
  rememberMatter({ number: 'A', tail: '0001', title: '一，改过', keptAt: 2 })
  expect(matters.get()).toMatchObject([{ number: 'A', code: '4129', requestId: 'r', title: '一，改过' }])
})

test('what is taken off this device is gone, the rest stays', async () => {
  const { rememberMatter, forgetMatter, matters } = await refresh()
  rememberMatter({ number: 'A', tail: '0001', title: '一', keptAt: 1 })
  rememberMatter({ number: 'B', tail: '0002', title: '二', keptAt: 2 })
  forgetMatter('B')
  expect(matters.get().map((matter) => matter.number)).toEqual(['A'])
})

test('rows that are no matters are left out', async () => {
  localStorage.setItem('linli.matters', JSON.stringify([{ number: 'A', tail: '0001', title: '一', keptAt: 1 }, { number: 5 }, null]))
  expect((await refresh()).matters.get()).toHaveLength(1)
})
