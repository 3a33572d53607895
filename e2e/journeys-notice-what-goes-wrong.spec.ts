import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, findSmallTargets, findSmallText } from './support/check-page.ts'
import { findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'

test('a script error, a refusal nobody announced, a failed request and a breach of the content security policy are all noticed', async ({
  town,
}) => {
  const { page, watch } = await town.openResident()
  expect(watch.complaints).toEqual([])
  await page.evaluate(async () => {
    setTimeout(() => {
      throw new Error('planted')
    })
    await fetch('/api/v1/cases')
    await fetch('http://127.0.0.1:9/').catch(() => {})
    const script = document.createElement('script')
    script.textContent = 'globalThis.isHostile = true'
    document.head.append(script)
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">styled from outside</p>')
  })
  const noticed = (what: RegExp) =>
    expect.poll(() => watch.complaints.filter((complaint) => what.test(complaint)).length, { message: String(what) })
  await noticed(/script error: .*planted/s).toBe(1)
  await noticed(/401 GET .*\/api\/v1\/cases/).toBe(1)
  await noticed(/policy: connect-src/).toBe(1)
  await noticed(/policy: script-src/).toBeGreaterThan(0)
  await noticed(/policy: style-src/).toBeGreaterThan(0)
  expect(await page.evaluate(() => 'isHostile' in globalThis)).toBe(false)
  watch.complaints.length = 0
})

test('the measures of a page find what they are for', async ({ town }) => {
  const { page } = await town.openResident({ lang: 'en' })
  await expectAccessible(page, 'as it is')
  await expectNoSidewaysScroll(page, 'as it is')
  await page.evaluate(() => {
    const main = document.querySelector('main')!
    const button = document.createElement('button')
    const picture = document.createElement('img')
    const wide = document.createElement('p')
    button.className = 'planted'
    button.style.cssText = 'width: 20px; height: 20px; font-size: 9px; overflow: hidden'
    button.textContent = '撤回申请'
    wide.style.width = '2000px'
    wide.textContent = 'wide'
    main.append(button, picture, wide)
  })
  expect((await findSmallText(page, 18)).join()).toContain('9 px: 撤回申请')
  expect((await findSmallTargets(page, 44)).join()).toContain('20×20: button 撤回申请')
  expect((await findChinese(page, [])).join()).toContain('撤回申请')
  await expect(expectAccessible(page, 'planted')).rejects.toThrow(/image-alt/)
  await expect(expectNoSidewaysScroll(page, 'planted')).rejects.toThrow(/planted/)
})
