import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLane } from './group-commit.ts'

/** A lane that answers each number doubled, and the batches that it made. */
function aLane(options: { most: number; restMs?: number }) {
  const batches: number[][] = []
  const lane = createLane<number, number>({
    ...options,
    commit: async (items) => {
      batches.push(items)
      if (items.includes(13)) throw new Error('refused by the database')
      return items.map((item) => item * 2)
    },
  })
  return { lane, batches }
}

test('the first message waits for nothing, those that trickle in behind it share one transaction', async () => {
  const { lane, batches } = aLane({ most: 100, restMs: 1500 })
  const beginning = performance.now()
  expect(await lane.add(1)).toBe(2)
  expect(performance.now() - beginning).toBeLessThan(1200)
  const trickle = []
  for (const item of [2, 3, 4]) {
    trickle.push(lane.add(item))
    await sleep(5)
  }
  expect(await Promise.all(trickle)).toEqual([4, 6, 8])
  expect(batches).toEqual([[1], [2, 3, 4]])
})

test('a full batch does not rest', async () => {
  const { lane, batches } = aLane({ most: 2, restMs: 60_000 })
  await lane.add(1)
  expect(await Promise.all([2, 3].map((item) => lane.add(item)))).toEqual([4, 6])
  expect(batches).toEqual([[1], [2, 3]])
})

test('what the database refuses takes no neighbor with it', async () => {
  const { lane } = aLane({ most: 10 })
  const answers = await Promise.allSettled([1, 13, 3].map((item) => lane.add(item)))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
