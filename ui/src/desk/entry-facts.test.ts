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

test('a pause stays visible in the log from its entry up to the resumption', () => {
  const entries = ['open', 'accept', 'pause', 'note', 'resume', 'reply'].map((move, at) => ({ seq: at + 1, move }))
  expect([...pausedStretch(entries.toReversed())]).toEqual([3, 4])
  expect(pausedStretch(entries.slice(0, 2)).size).toBe(0)
})
