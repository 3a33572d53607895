import { localToIso } from '@linli/ui/desk'
import { expect, test } from 'vitest'
import { auditSearch } from './audit-search.ts'

test('the filter keeps what was filled in and turns local times into instants', () => {
  const form: [string, string][] = [
    ['action', ' cases.reveal '],
    ['account', ''],
    ['from', '2026-11-20T10:00'],
    ['to', 'gestern'],
    ['other', 'x'],
  ]
  expect(auditSearch(form, localToIso)).toEqual({ action: 'cases.reveal', from: '2026-11-20T02:00:00.000Z' })
})
