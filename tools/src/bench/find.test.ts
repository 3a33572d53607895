import { expect, test } from 'vitest'
import { find } from './find.ts'

test('the find bench still runs: everybody asked for is found, and no question reads all people', { timeout: 120_000 }, async () => {
  const report = await find.run({ small: true, explain: true, say: () => {} })
  expect(report.value).toBeGreaterThan(0)
  expect(report.ratio).toBeGreaterThan(0)
  const posts = report.posts as { post: string; kinds: { kind: string; plans: { plan: string[] }[] }[] }[]
  expect(posts.map(({ post }) => post)).toEqual(['cell', 'community'])
  for (const { kinds } of posts)
    for (const { kind, plans } of kinds) expect(plans.flatMap(({ plan }) => plan).join('\n'), kind).not.toContain('Seq Scan on person')
})
