import { expect, test } from 'vitest'
import { type Opened, workbenchAddress } from './opened.ts'

const place = { areaId: '0', name: '清河县', level: 'county', code: '239999' } as const
const at = (opened: Omit<Opened, 'place'>) => workbenchAddress({ ...opened, place })

test('a figure leads to the same list in the workbench, of the same kind', () => {
  expect(at({ figure: 'overdue', kind: 'appeal' })).toBe('/workbench/list?queue=all&clock=overdue')
  expect(at({ figure: 'paused', kind: 'event' })).toBe('/workbench/list?kind=event&queue=all&clock=paused')
  expect(at({ figure: 'open', kind: 'event' })).toBe('/workbench/list?kind=event&queue=all')
  expect(at({ figure: 'supervised', kind: 'appeal' })).toBe('/workbench/list?queue=supervised')
  expect(at({ figure: 'ruling', kind: 'appeal' })).toBe('/workbench/queue?tab=rule')
})

test('where the workbench has no such list, none is promised', () => {
  expect(at({ figure: 'received', kind: 'appeal' })).toBeUndefined()
})
