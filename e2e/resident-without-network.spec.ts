import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { fileAppeal } from './support/api.ts'
import { test } from './support/journey.ts'
import { openLine } from './support/line.ts'
import { openNextRelease } from './support/next-release.ts'
import { keptOnThisPhone } from './support/phone-acts.ts'
import { takePhoto } from './support/photo.ts'
import { addPhoto, chooseCommunity, readReceipt } from './support/resident-acts.ts'
import { type JourneyTown, phone } from './support/town.ts'

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

test('the portal opens and refreshes without a network, with what was half written, and files it once when the network is back', async ({
  town,
}) => {
  const words = '3号楼二单元的楼道窗户掉了，风一吹就响。'
  const line = await openLine(town.url)
  onTestFinished(line.close)
  const { page, context, watch } = await town.openBrowser('resident', { baseURL: line.url, viewport: phone, hasTouch: true })
  await page.goto('/resident/')
  await keptOnThisPhone(page)
  await page.goto('/resident/report')
  await chooseCommunity(page, '朝阳社区')
  await page.getByLabel('补一句').fill(words)
  watch.cut = true
  line.cut()
  await context.setOffline(true)
  await page.reload()
  expect(await page.getByLabel('补一句').inputValue()).toBe(words)
  await page.getByText('现在没有网').waitFor()
  // The kinds of matters are still offered: they are an open list.
  await page.getByRole('radio', { name: '都不是' }).waitFor()
  await page.goto('/resident/')
  await page.getByRole('link', { name: /报事/ }).first().waitFor()
  await page.goto('/resident/report')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('先存在手机里了').first().waitFor()
  await page.reload()
  await page.getByText('先存在手机里了').first().waitFor()
  expect(await filedWith(town, words)).toHaveLength(0)
  line.mend()
  await context.setOffline(false)
  const { number } = await readReceipt(page)
  watch.cut = false
  expect(await filedWith(town, words)).toEqual([number])
})

test('what the phone keeps for offline use says nothing about a matter, and carries the security policy', async ({ town }) => {
  const { page } = await town.openResident()
  await keptOnThisPhone(page)
  const { number, tail } = await fileAppeal(town.url, { detail: '河边的护栏松了。', areaCode: '510131001002' })
  await page.goto(`/resident/progress/${number}?tail=${tail}`)
  await page.getByText('河边的护栏松了').first().waitFor()
  const kept = await page.evaluate(async () => {
    const found: { url: string; policy: string | null; text: string }[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        found.push({ url: request.url, policy: answer!.headers.get('content-security-policy'), text: await answer!.text() })
      }
    }
    return found
  })
  expect(kept.filter(({ url }) => /\/api\/.*(cases|ratings|appeals|me\b)|tail=/.test(url))).toEqual([])
  expect(kept.filter(({ text }) => text.includes(number) || text.includes('河边的护栏'))).toEqual([])
  const [shell] = kept.filter(({ url }) => new URL(url).pathname === '/resident/')
  expect(shell?.policy).toContain("default-src 'self'")
})

test('an update under an open page takes nothing from it: what was half written stays, and its pages still open', async ({ town }) => {
  const next = await openNextRelease(town.url)
  onTestFinished(next.close)
  const { page } = await town.openBrowser('resident', { baseURL: next.url, viewport: phone, hasTouch: true })
  await page.goto('/resident/')
  await keptOnThisPhone(page)
  await page.goto('/resident/report')
  await page.getByLabel('补一句').fill('写到一半，系统更新了。')
  next.release('mine-page')
  await page.evaluate(async () => {
    const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
    await (await navigator.serviceWorker.ready).update()
    await changed
  })
  expect(await page.getByLabel('补一句').inputValue()).toBe('写到一半，系统更新了。')
  // A part of the release that this page runs on, which the server has no more.
  await page.getByRole('link', { name: '返回' }).click()
  await page.getByRole('link', { name: '我的' }).click()
  await page.getByRole('heading', { name: '我的' }).waitFor()
  await page.getByRole('link', { name: '首页' }).click()
  await page.getByRole('link', { name: /^报事/ }).first().click()
  expect(await page.getByLabel('补一句').inputValue()).toBe('写到一半，系统更新了。')
})

test('the portal can be put on the home screen: worker and manifest are served as what they are', async ({ town }) => {
  const worker = await fetch(`${town.url}/resident/sw.js`)
  expect(worker.headers.get('content-type')).toContain('text/javascript')
  expect(worker.headers.get('cache-control')).toBe('no-cache')
  const answer = await fetch(`${town.url}/resident/manifest.webmanifest`)
  expect(answer.headers.get('content-type')).toContain('application/manifest+json')
  const manifest = (await answer.json()) as { name: string; scope: string; start_url: string; icons: { src: string; sizes: string }[] }
  expect(manifest).toMatchObject({ name: '邻里', scope: '/resident/', start_url: '/resident/' })
  for (const { src } of manifest.icons) {
    const icon = await fetch(new URL(src, `${town.url}/resident/`))
    expect(icon.headers.get('content-type'), src).toBe('image/png')
  }
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
