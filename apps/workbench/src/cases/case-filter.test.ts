import { expect, test } from 'vitest'
import { filterOf, queryOf, withStatus } from './case-filter.ts'

test('a list of everything means what is open, until words or another status are asked for', () => {
  expect(queryOf('appeal', 'all', {})).toEqual({ kind: 'appeal', queue: 'all', status: 'open' })
  expect(queryOf('appeal', 'all', { q: '路灯' })).toEqual({ kind: 'appeal', queue: 'all', q: '路灯' })
  expect(queryOf('event', 'all', { status: 'closed' })).toEqual({ kind: 'event', queue: 'all', status: 'closed' })
  expect(queryOf('event', 'all', { status: 'any', sort: 'opened' })).toEqual({ kind: 'event', queue: 'all', sort: 'opened' })
  expect(queryOf('appeal', 'mine', { clock: 'overdue' })).toEqual({ kind: 'appeal', queue: 'mine', clock: 'overdue' })
})

test('what an address says wrongly is not asked for', () => {
  expect(
    filterOf({ clock: 'yesterday', status: 'open', area: '1', from: '2.3.2026', supervised: 'no', rated: 'mine', stage: 'sent' }),
  ).toEqual({
    stage: 'sent',
  })
})

test('reports that went on elsewhere and grades are looked for among the ended ones too', () => {
  expect(withStatus({ rated: 'badly' }, {})).toEqual({ rated: 'badly', status: 'any' })
  expect(withStatus({ merged: 'true' }, { status: 'closed' })).toEqual({ merged: 'true' })
  expect(withStatus({ rated: undefined }, {})).toEqual({ rated: undefined })
})
