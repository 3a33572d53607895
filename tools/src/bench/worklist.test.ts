import { expect, test } from 'vitest'
import { worklist } from './worklist.ts'

test('the worklist bench still runs, and at every post a page is read from an index', { timeout: 120_000 }, async () => {
  const report = await worklist.run({ small: true, explain: true, say: () => {} })
  expect(report.value).toBeGreaterThan(0)
  expect(report.ratio).toBeGreaterThan(0)
  const posts = report.posts as { name: string; statements: number; plans: { plan: string[] }[] }[]
  expect(posts.map(({ name }) => name)).toEqual(['cell', 'township', 'county', 'line'])
  for (const { name, statements, plans } of posts) {
    // A line post's page is picked as the system first: there and back.
    expect(statements).toBeLessThanOrEqual(name === 'line' ? 6 : 4)
    expect(plans.flatMap(({ plan }) => plan).join('\n')).not.toContain('Seq Scan on case_file')
  }
})
