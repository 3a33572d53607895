import { expect } from 'vitest'
import { closeAppeal, fileAppeal } from './support/api.ts'
import { test } from './support/journey.ts'
import { takePhoto } from './support/photo.ts'
import { picture } from './support/picture.ts'
import { addPhoto, chooseCommunity, readReceipt } from './support/resident-acts.ts'

const oldEstate = '510131001002'

test('the help button and the call page of an elder offer the number of his own community, as the town knows it', async ({ town }) => {
  const { items } = (await (await fetch(`${town.url}/api/v1/public/offices?areaCode=${oldEstate}`)).json()) as {
    items: { name: string; level: string; phone: string }[]
  }
  const committee = items.find(({ level }) => level === 'community')!
  const { page } = await town.openResident({ elder: true })
  await chooseCommunity(page, '朝阳社区')
  await page.getByRole('link', { name: '打电话', exact: true }).click()
  await page.getByRole('link', { name: committee.name }).waitFor()
  expect(await page.getByRole('link', { name: committee.name }).getAttribute('href')).toBe(`tel:${committee.phone}`)
  // A press that does not hold offers the numbers after one question.
  await page.getByRole('button', { name: '求助' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '直接打开求助电话' }).click()
  const dialog = page.getByRole('dialog', { name: '要打给谁' })
  expect(await dialog.locator(`a[href="tel:${committee.phone}"]`).count()).toBe(1)
  expect(await dialog.locator('a').first().getAttribute('href')).toBe('tel:120')
})

test('the receipt carries a code with the number and nothing to act on when it is printed', async ({ town }) => {
  const { page } = await town.openResident({ path: 'report' })
  await chooseCommunity(page, '朝阳社区')
  await addPhoto(page, await takePhoto({ lon: 103.5026, lat: 30.1966 }))
  await page.getByLabel('手机号').fill('19999990088')
  await page.getByRole('button', { name: '提交' }).click()
  const { number } = await readReceipt(page)
  const code = page.getByRole('img', { name: `报事 ${number} 的查进度二维码` })
  await code.waitFor()
  await picture(page, 'receipt')
  await page.emulateMedia({ media: 'print' })
  expect(await code.isVisible()).toBe(true)
  expect(await page.getByText(number).first().isVisible()).toBe(true)
  const { buttons, links } = await page.evaluate(() => {
    const shown = (selector: string) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length
    return { buttons: shown('button'), links: shown('a:not(.skip)') }
  })
  expect({ buttons, links }).toEqual({ buttons: 0, links: 0 })
  await page.emulateMedia({ media: null })
  // Where the code leads, the last four digits are still asked for.
  await page.evaluate(() => localStorage.removeItem('linli.matters'))
  await page.goto(`/resident/progress/${number}`)
  await page.getByLabel('后四位').waitFor()
})

for (const elder of [false, true]) {
  for (const width of [320, 390]) {
    test(`the word of every grade can be read before one is given, at ${width} px, ${elder ? 'elder' : 'normal'} display`, async ({
      town,
    }) => {
      const { number, tail } = await fileAppeal(town.url, { detail: '单元门的锁坏了。', areaCode: oldEstate, phone: '19999990089' })
      await closeAppeal(town, number, '锁换了。')
      const { page } = await town.openResident({ elder, size: { width, height: 844 }, path: 'mine' })
      await page.goto(`/resident/progress/${number}?tail=${tail}`)
      const words = page.locator('.five button span')
      await words.first().waitFor()
      expect(await words.allInnerTexts().then((all) => all.map((word) => word.replace(/\s/g, '')))).toEqual([
        '非常满意',
        '满意',
        '基本满意',
        '不满意',
        '非常不满意',
      ])
      const boxes = await page.locator('.five button').evaluateAll((buttons) =>
        buttons.map((button) => ({
          top: Math.round(button.getBoundingClientRect().top),
          left: Math.round(button.getBoundingClientRect().left),
          cut: button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1,
        })),
      )
      expect(boxes.filter(({ cut }) => cut)).toEqual([])
      // One row or one column: a lone face in a second row reads as something else.
      const rows = new Set(boxes.map(({ top }) => top)).size
      expect([1, 5]).toContain(rows)
    })
  }
}
