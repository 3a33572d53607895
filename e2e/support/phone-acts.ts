import type { Page } from 'playwright-core'

/** Waits until the portal has been put by on this phone and answers for it. */
export async function keptOnThisPhone(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
}

/** Leaves the grid portal by its own button. */
export async function signOutOfGrid(page: Page): Promise<void> {
  await page.goto('/grid/me')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL(/\/grid\/sign-in/)
}

/** Counts the tones that the page begins to sound. */
export async function countRings(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = globalThis as unknown as { rings: number }
    counted.rings = 0
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...when) {
      counted.rings += 1
      return start.apply(this, when)
    }
  })
  return () => page.evaluate(() => (globalThis as unknown as { rings: number }).rings)
}
