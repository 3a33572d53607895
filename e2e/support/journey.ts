import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@linli/tools/browser'
import type { Browser } from 'playwright-core'
import { inject, test as plain } from 'vitest'
import type { Seat } from './seat.ts'
import { type JourneyTown, openTown } from './town.ts'

/** A test with a town: whatever went wrong on any of its pages fails it, and a failing one leaves pictures in `.cache/journeys`. */
export const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from its first parameter
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('town', async ({ browser, task }, { onCleanup }): Promise<JourneyTown> => {
    const platform = inject('journeyPlatform')
    const seats: Seat[] = []
    onCleanup(async () => {
      const complaints = seats.flatMap(({ watch }) => watch.complaints)
      if (complaints.length > 0 || task.result?.errors?.length) await takePictures(seats, task.name)
      await Promise.all(seats.map(({ context }) => context.close()))
      if (complaints.length > 0) throw new Error(`went wrong on the pages of this journey:\n${complaints.join('\n')}`)
    })
    return openTown(browser, platform, seats)
  })

const pictures = fileURLToPath(new URL('../../.cache/journeys/', import.meta.url))

async function takePictures(seats: readonly Seat[], test: string): Promise<void> {
  await mkdir(pictures, { recursive: true })
  const file = test.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)
  for (const [index, { name, page }] of seats.entries()) {
    await page.screenshot({ path: join(pictures, `${file}-${index + 1}-${name.replace(/\W+/g, '-')}.png`), timeout: 5000 }).catch(() => {})
  }
}
