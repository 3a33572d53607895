import { ApiError, isSignedOut } from '@linli/ui/client'
import { expect, test } from 'vitest'
import { firstOfEachRole } from './demo-logins.tsx'
import { ownPath } from './own-path.ts'
import { waitWords } from './wait-words.ts'

test('after signing in only an address of this portal is followed', () => {
  expect(ownPath('/workbench/cases/1?tab=a')).toBe('/workbench/cases/1?tab=a')
  expect(ownPath('https://example.org/')).toBe('/workbench/')
  expect(ownPath('//example.org/workbench/')).toBe('/workbench/')
  expect(ownPath('/workbench//example.org')).toBe('/workbench/')
  expect(ownPath('/workbench/sign-in?to=x')).toBe('/workbench/')
  expect(ownPath(undefined)).toBe('/workbench/')
})

test('the wait of a lock is rounded up, in minutes when there are some', () => {
  const say = (key: string, { count }: { count: number }) => `${count} ${key}`
  expect(waitWords(30, say)).toBe('30 wait.seconds')
  expect(waitWords(0.2, say)).toBe('1 wait.seconds')
  expect(waitWords(601, say)).toBe('11 wait.minutes')
})

test('an ended session leads to the sign-in page, a wrong password and a lost line do not', () => {
  const refusal = (status: number, code: string) => new ApiError({ type: '', title: '', status, code, traceId: '' })
  expect(isSignedOut(refusal(401, 'access.unauthenticated'))).toBe(true)
  expect(isSignedOut(refusal(401, 'access.credentials_wrong'))).toBe(false)
  expect(isSignedOut(refusal(0, 'client.offline'))).toBe(false)
  expect(isSignedOut(new Error('401'))).toBe(false)
})

test('of the demo accounts one of each role comes first, in the order of the stories', () => {
  const logins = ['communityWorker', 'dispatcher', 'communityWorker'].map((role, at) => ({ role, account: `${at}` }))
  expect(firstOfEachRole(logins).map(({ account }) => account)).toEqual(['0', '1'])
})
