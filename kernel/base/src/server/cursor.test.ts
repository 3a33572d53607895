import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { Refusal } from './errors.ts'

const id = '0190b0a0-0000-7000-8000-000000000001'

test('a cursor gives back the sort values it was made of', () => {
  const at = new Date('2026-03-02T01:00:00.123Z')
  expect(decodeCursor(encodeCursor(at, 7, id), 'instant', 'integer', 'uuid')).toEqual([at.toISOString(), 7, id])
})

test('text that is no cursor of this list is refused as a wrong request', () => {
  const forged = ['', '!!!', 'bnVsbA', encodeCursor('2026-02-31', id), encodeCursor(id), encodeCursor('2026-03-02T01:00:00.123Z', 7)]
  for (const cursor of forged) expect(() => decodeCursor(cursor, 'instant', 'uuid')).toThrow(Refusal)
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      expect(() => decodeCursor(cursor, 'instant', 'uuid')).toThrow(Refusal)
    }),
  )
})
