import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Fails on anything that axe calls serious or critical under WCAG 2.2 A and AA, with the elements and what is wrong with them. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const found = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${where}: ${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  )
  expect(found, found.join('\n')).toEqual([])
}

/** Fails when the page is wider than its window, naming what sticks out. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
    const innermost = out.filter((element) => !out.some((other) => other !== element && element.contains(other)))
    return [
      `${root.scrollWidth} px in ${root.clientWidth}`,
      ...innermost.slice(0, 5).map((element) => `${element.tagName}.${element.className}: ${element.textContent?.slice(0, 40)}`),
    ]
  })
  expect(wide, [where, ...wide].join('\n')).toEqual([])
}

/** Visible words set smaller than a size in pixels. */
export function findSmallText(page: Page, least: number): Promise<string[]> {
  return page.evaluate((size) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const words = node.textContent?.trim()
      if (!element || !words || element.closest('script,style,noscript,svg,option')) continue
      const box = element.getBoundingClientRect()
      // Words for screen readers only stand in a box of one pixel.
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || box.width <= 1 || box.height <= 1) continue
      const actual = Number.parseFloat(getComputedStyle(element).fontSize)
      if (actual < size - 0.01) found.push(`${actual} px: ${words.slice(0, 40)}`)
    }
    return found
  }, least)
}

/** Things to press that are smaller than a size in pixels, in either direction. A control inside a label is as large as its label. */
export function findSmallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((size) => {
    const controls = document.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=switch], [role=radio]',
    )
    return [...controls].flatMap((control) => {
      const target = control.closest('label') ?? control
      const box = target.getBoundingClientRect()
      if (!target.checkVisibility({ visibilityProperty: true }) || box.width <= 1 || box.height <= 1 || control.matches('.skip')) return []
      if (box.width >= size - 0.5 && box.height >= size - 0.5) return []
      return [
        `${Math.round(box.width)}×${Math.round(box.height)}: ${control.tagName.toLowerCase()} ${(control.getAttribute('aria-label') ?? target.textContent ?? '').trim().slice(0, 30)}`,
      ]
    })
  }, least)
}

/** Everything that can be done on the page as it stands: where its links lead, the names of its buttons and fields. */
export function listFunctions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })
    const named = (element: Element): string =>
      (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim()
    const links = [...document.querySelectorAll('a[href]')]
      .filter((link) => shown(link) && !link.matches('.skip'))
      .map((link) => (link.getAttribute('href') ?? '').replace(/[?#].*/, ''))
    const buttons = [...document.querySelectorAll('button, [role=radio], [role=switch], summary')].filter(shown).map(named)
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')]
      .filter((field) => field.labels?.length || field.getAttribute('aria-label'))
      .map((field) => field.getAttribute('aria-label') ?? named(field.labels![0]!))
    return [...new Set([...links, ...buttons, ...fields])].filter(Boolean)
  })
}
