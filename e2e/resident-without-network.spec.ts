import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './support/journey.ts'
import { takePhoto } from './support/photo.ts'
import { addPhoto, chooseCommunity, readReceipt } from './support/resident-acts.ts'
import type { JourneyTown } from './support/town.ts'

const gate = { lon: 103.5026, lat: 30.1966 }

test('a half-written report is still there after two reloads, with its photo and its place', async ({ town }) => {
  const { page } = await town.openResident({ path: 'report' })
  await chooseCommunity(page, '朝阳社区')
  await addPhoto(page, await takePhoto(gate))
  await page.locator('.place-line .plate').waitFor()
  await page.getByLabel('补一句').fill('小区大门关不上')
  await page.getByLabel('手机号').fill('19999990002')
  const place = await page.locator('.place-line .plate').innerText()
  for (let time = 1; time <= 2; time += 1) {
    await page.reload()
    await page.locator('.place-line .plate').waitFor()
    expect(await page.getByLabel('补一句').inputValue()).toBe('小区大门关不上')
    expect(await page.getByLabel('手机号').inputValue()).toBe('19999990002')
    expect(await page.locator('.place-line .plate').innerText()).toBe(place)
    await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  }
  await page.getByRole('button', { name: '提交' }).click()
  const { number } = await readReceipt(page)
  const { attachments } = await lookUp(town, number, '0002')
  expect(attachments).toHaveLength(1)
})

test('a report submitted without a connection waits on the phone and is filed exactly once', async ({ town }) => {
  const words = '网格三的配电箱门开着，孩子够得到。'
  const { page, context, watch } = await town.openResident({ path: 'report' })
  await chooseCommunity(page, '朝阳社区')
  await page.getByLabel('补一句').fill(words)
  // The receipt page has been seen before, as on any phone that reported once.
  await warmUp(page)
  watch.cut = true
  await context.setOffline(true)
  await page.getByText('现在没有网').waitFor()
  await page.getByRole('button', { name: '提交' }).dblclick()
  await page.getByText('先存在手机里了').first().waitFor()
  expect(await filedWith(town, words)).toHaveLength(0)
  await context.setOffline(false)
  const { number } = await readReceipt(page)
  watch.cut = false
  expect(await filedWith(town, words)).toEqual([number])
})

test('an answer that gets lost on the way back does not file the report a second time', async ({ town }) => {
  const words = '菜市场后门的下水道堵了，臭。'
  const { page, context, watch } = await town.openResident({ path: 'report' })
  await chooseCommunity(page, '朝阳社区')
  await page.getByLabel('补一句').fill(words)
  watch.cut = true
  let lost = 0
  await context.route('**/api/v1/public/appeals', async (route) => {
    lost += 1
    if (lost > 2) return route.continue()
    // It arrives, is committed, and the answer never comes back.
    await route.fetch()
    return route.abort('connectionreset')
  })
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('先存在手机里了').first().waitFor()
  await page.reload()
  const retry = page.getByRole('button', { name: '现在再送一次' })
  await retry.or(page.locator('.receipt')).first().waitFor()
  if (await retry.isVisible()) await retry.click()
  const { number } = await readReceipt(page)
  expect(lost).toBe(3)
  expect(await filedWith(town, words)).toEqual([number])
})

/** Numbers of the appeals with these words, as the community sees them. */
async function filedWith(town: JourneyTown, words: string): Promise<string[]> {
  const worker = await town.api('community')
  const { items } = await worker.get<{ items: { number: string; title: string }[] }>(`/cases?q=${encodeURIComponent(words.slice(0, 8))}`)
  return items.map(({ number }) => number)
}

async function lookUp(town: JourneyTown, number: string, tail: string): Promise<{ attachments: unknown[] }> {
  const response = await fetch(`${town.url}/api/v1/public/cases/${number}?tail=${tail}`)
  expect(response.status).toBe(200)
  return (await response.json()) as { attachments: unknown[] }
}

/** Lets the browser fetch the parts of the portal that a submitted report needs. */
async function warmUp(page: Page): Promise<void> {
  await page.goto('/resident/sent/none')
  await page.getByText('没有找到这张回执').waitFor()
  await page.goBack()
  await page.getByLabel('补一句').waitFor()
}
