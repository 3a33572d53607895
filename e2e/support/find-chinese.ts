import type { Page } from 'playwright-core'
import type { ApiClient } from './api.ts'

interface Labelled {
  items: { name: string; parentId?: string }[]
}

/** What is written in its own language everywhere: the product's name, and the choice of languages. */
const ownNames = ['邻里', '中文', '语言']

/** Names that stay Chinese in any language, because they are the data of a Chinese town: areas, offices and buildings. */
export async function collectData(url: string, staff: ApiClient): Promise<string[]> {
  const read = async (path: string): Promise<Labelled['items']> => ((await (await fetch(`${url}/api/v1${path}`)).json()) as Labelled).items
  const levels = ['county', 'township', 'community', 'cell']
  const areas = (await Promise.all(levels.map((level) => read(`/public/areas?level=${level}`)))).flat()
  const offices = (await staff.get<Labelled>('/organizations')).items
  const divided = new Set((await read('/public/areas?level=cell')).map(({ parentId }) => parentId))
  const buildings = (await Promise.all([...divided].map((communityId) => read(`/public/buildings?communityId=${communityId}`)))).flat()
  return [...ownNames, ...[...areas, ...offices, ...buildings].map(({ name }) => name)]
}

/** Where data stands: what people wrote, names of people, offices and places, numbers and codes. Everything else is the page's own wording. */
const dataPlaces = [
  '[lang="zh-CN"]',
  '.plate, .plan, .face, .matter-title, .row-title, .case-title, .reply, .tl p, .views, .receipt .strong',
  '.wb-who, .wb-words, .wb-case-title, .wb-case-meta, .wb-facts dd, .wb-suggestion strong, .wb-suggestion .wb-tag, .dk-basis, .dk-quote, .dk-log .dk-by, .dk-fact span',
  '.wb-case-side, .wb-cell-main, .dk-table td, .wb-queue-list li, .wb-post, .dk-pick-option, option, .grades, .sheet h3, .other-door',
  '.wb-alarm-list, .wb-alarm, .wb-quarantine, .wb-why, .wb-view, .wb-cell-buildings, .wb-cell-marks, .wb-cell-workers strong, .wb-division-building, .wb-badge, .dk-stamp, .wb-visit-note, .wb-visit-by',
].join(',')

/** Words of the page's own that are still Chinese. What the demo town is called, and what its people wrote, may be. */
export function findChinese(page: Page, data: readonly string[]): Promise<string[]> {
  return page.evaluate(
    ([places, names]) => {
      const known = [...names].sort((a, b) => b.length - a.length)
      const left = (text: string): string => known.reduce((rest, name) => rest.replaceAll(name, ''), text)
      const found: string[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement
        if (!element || element.closest('script,style,noscript') || element.closest(places)) continue
        if (/\p{Script=Han}/u.test(left(node.textContent ?? '')))
          found.push(`${element.tagName.toLowerCase()}.${element.className}: ${node.textContent?.trim().slice(0, 50)}`)
      }
      for (const element of document.querySelectorAll('[aria-label],[placeholder],[title],[alt]')) {
        if (element.closest(places)) continue
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
          const value = element.getAttribute(name) ?? ''
          if (/\p{Script=Han}/u.test(left(value))) found.push(`${element.tagName.toLowerCase()}[${name}]: ${value.slice(0, 50)}`)
        }
      }
      if (/\p{Script=Han}/u.test(left(document.title))) found.push(`title: ${document.title}`)
      return [...new Set(found)]
    },
    [dataPlaces, [...data]] as const,
  )
}
