import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { caseOf } from './support/desk-acts.ts'
import { collectData, findChinese } from './support/find-chinese.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { desk } from './support/town.ts'

const narrow = { width: 320, height: 720 }

/** Where the page stands, and that its figures have come. */
async function stand(page: Page, place: string): Promise<void> {
  await page.locator('.wb-crumbs [aria-current=page]', { hasText: place }).waitFor()
  await page.locator('[aria-busy=false] .wb-volume').waitFor()
}

/** One level down, by the name in the table of places. */
async function goDown(page: Page, place: string): Promise<void> {
  await page.locator('.wb-parts').first().getByRole('link', { name: place, exact: true }).click()
  await stand(page, place)
}

const numberOf = async (figure: Locator): Promise<number> => Number((await figure.innerText()).replace(/\D/g, ''))

/** How many lines the open figure has when everything has been asked for. */
async function countLines(dialog: Locator): Promise<number> {
  const more = dialog.getByRole('button', { name: '再看一些' })
  await dialog.locator('tbody tr').first().waitFor()
  while (await more.isVisible()) {
    const before = await dialog.locator('tbody tr').count()
    await more.click()
    await dialog.locator('tbody tr').nth(before).waitFor()
  }
  return dialog.locator('tbody tr').count()
}

test('a leader goes from the county to one cell, opens what a rate is made of, counts as many lines as it says and opens a case of them [GRID-07] (rates)', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('county-lead', { path: 'list' })
  await page.locator('.wb-rail').getByRole('link', { name: '统计' }).click()
  await stand(page, '蒲江县')
  await page.getByRole('link', { name: '近 366 天' }).click()
  await page.waitForURL(/period=year/)
  await stand(page, '蒲江县')
  await expectAccessible(page, 'statistics of the county')
  await picture(page, 'statistics')
  for (const place of ['鹤山街道', '朝阳社区', '朝阳第一网格']) await goDown(page, place)

  for (const part of ['分子', '分母']) {
    const figure = page.getByRole('button', { name: new RegExp(`^响应率 ${part} \\d`) })
    const said = await numberOf(figure)
    expect(said).toBeGreaterThan(0)
    // By keys alone, there and back to where one was.
    await figure.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    expect([part, await countLines(dialog)]).toEqual([part, said])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(new RegExp(`^响应率 ${part}`))
  }

  await page.getByRole('button', { name: /^响应率 分子/ }).click()
  const dialog = page.getByRole('dialog', { name: '朝阳第一网格 · 居民诉求 · 响应率 · 分子' })
  const line = dialog.locator('tbody tr').first()
  await line.waitFor()
  await expectAccessible(page, 'an opened figure')
  await picture(page, 'figure')
  await page.setViewportSize(narrow)
  await expectNoSidewaysScroll(page, 'an opened figure')
  await page.setViewportSize(desk)
  const number = await line.getByRole('link').innerText()
  await line.getByRole('link').click()
  await caseOf(page).getByText(number).first().waitFor()
  await page.goBack()
  await stand(page, '朝阳第一网格')
  await page.setViewportSize(narrow)
  await expectNoSidewaysScroll(page, 'statistics of a cell')
})

test('events have their three first times by cell and week, each with the events behind it [GRID-14]', async ({ town }) => {
  const { page } = await town.openWorkbench('township-lead', { path: 'statistics?kind=event&period=year' })
  await stand(page, '鹤山街道')
  const times = page.getByRole('group', { name: '三个“第一时间”' })
  const row = times.locator('tbody tr').first()
  await row.waitFor()
  const figure = row.getByRole('button')
  const said = await numberOf(figure)
  await figure.click()
  expect(await countLines(page.getByRole('dialog'))).toBe(said)
  await page.keyboard.press('Escape')
  await expectAccessible(page, 'the first times')
})

test('a bureau reads the figures of its own work and a township those of its places, in English, at a desk and at 320 px [ACC-02] (WCAG, automated)', async ({
  town,
}) => {
  const data = await collectData(town.url, await town.api('dispatcher'))
  for (const account of ['housing-lead', 'township-lead']) {
    const { page } = await town.openWorkbench(account, { path: 'statistics?period=year', lang: 'en' })
    await page.locator('[aria-busy=false] .wb-volume').waitFor()
    expect(await findChinese(page, data), account).toEqual([])
    if (account === 'township-lead') await picture(page, 'statistics-en')
    await page.getByRole('button', { name: /^Response Numerator/ }).click()
    await page.getByRole('dialog').locator('tbody tr').first().waitFor()
    expect(await findChinese(page, data), account).toEqual([])
    await expectAccessible(page, `an opened figure of ${account}`)
    await page.keyboard.press('Escape')
    await page.setViewportSize(narrow)
    await expectNoSidewaysScroll(page, `statistics of ${account}`)
  }
})
