import { expect, test } from 'vitest'
import { parseEvent } from './live-event.ts'

test('the stream is read word by word, and what is unknown or broken is no event', () => {
  expect(parseEvent('case', '{"caseId":"a"}')).toEqual({ kind: 'case', caseId: 'a' })
  expect(parseEvent('inbox', '{"unread":3}')).toEqual({ kind: 'inbox', unread: 3 })
  expect(parseEvent('export', '{"exportId":"a"}')).toEqual({ kind: 'export' })
  expect(parseEvent('reset', '')).toEqual({ kind: 'reset' })
  expect(parseEvent('case', '{"caseId":')).toBeUndefined()
  expect(parseEvent('case', '{}')).toBeUndefined()
  expect(parseEvent('weather', '{}')).toBeUndefined()
})
