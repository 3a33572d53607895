import { expect, test } from 'vitest'
import { factsOf, pausedStretch } from './entry-facts.ts'

test('sentences come first, ids of things are not shown, a "no" is', () => {
  const facts = factsOf({
    resolved: false,
    orgId: '01930000-0000-7000-8000-000000000001',
    until: '2026-11-24T10:00:00.000Z',
    text: '已劝离',
    empty: '',
    category: '市容环境',
  })
  expect(facts.map((fact) => [fact.kind, fact.key])).toEqual([
    ['words', 'text'],
    ['yesNo', 'resolved'],
    ['time', 'until'],
    ['short', 'category'],
  ])
})

test('an id is shown by its name where the name is known', () => {
  const orgId = '01930000-0000-7000-8000-000000000001'
  expect(factsOf({ orgId }, new Map([[orgId, '县住建局']]))).toEqual([{ kind: 'short', key: 'orgId', text: '县住建局' }])
})

test('lists are not guessed at: the files of an entry come with their own kind', () => {
  expect(factsOf({ attachments: ['01930000-0000-7000-8000-000000000001'], words: ['烧烤'] })).toEqual([])
})

test('the way back from an entry is broken where a pause lies on it, up to the resumption or the end of its time', () => {
  const log = (moves: readonly string[], until?: string) =>
    moves.map((move, at) => ({ seq: at + 1, move, at: `2026-11-2${at}T02:00:00.000Z`, data: move === 'pause' && until ? { until } : {} }))
  const resumed = log(['open', 'accept', 'pause', 'note', 'resume', 'reply'])
  expect([...pausedStretch(resumed.toReversed())]).toEqual([4, 5])
  expect(pausedStretch(resumed.slice(0, 3)).size).toBe(0)
  const ended = log(['open', 'pause', 'note', 'reply', 'followUp'], '2026-11-22T18:00:00.000Z')
  expect([...pausedStretch(ended)]).toEqual([3, 4])
})
