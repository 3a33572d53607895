import { readStored, writeStored } from '@linli/ui/text'
import { useSyncExternalStore } from 'react'

/** Text sizes a person can choose, in percent of the browser's own. */
export const textSizes = ['100', '125', '150'] as const
export type TextSize = (typeof textSizes)[number]

export interface Display {
  elder: boolean
  text: TextSize
}

const elderKey = 'linli.theme'
const textKey = 'linli.text'
let display: Display = { elder: false, text: '100' }
const watchers = new Set<() => void>()

/** `?elder=1` or `?elder=0` first (and remembered), then what this device remembers. */
export function chosenDisplay(search: string): Display {
  const asked = new URLSearchParams(search).get('elder')
  const elder = asked === null ? readStored(elderKey) === 'elder' : asked !== '0'
  const text = textSizes.find((size) => size === readStored(textKey)) ?? '100'
  return { elder, text }
}

/** Applies the remembered display to the page; call before the first draw so that nothing jumps. */
export function startDisplay(search: string = location.search): void {
  setDisplay(chosenDisplay(search))
}

export function setDisplay(change: Partial<Display>): void {
  display = { ...display, ...change }
  writeStored(elderKey, display.elder ? 'elder' : undefined)
  writeStored(textKey, display.text === '100' ? undefined : display.text)
  applyDisplay(display)
  for (const watcher of watchers) watcher()
}

function applyDisplay({ elder, text }: Display): void {
  const root = globalThis.document?.documentElement
  if (!root) return
  if (elder) root.dataset.theme = 'elder'
  else delete root.dataset.theme
  if (text === '100') delete root.dataset.text
  else root.dataset.text = text
  // From one and a half on, fixed bars would cover the page. (The browser's own text size is met by a media query.)
  if (Number.parseFloat(getComputedStyle(root).fontSize) >= 23.5) root.dataset.scale = 'large'
  else delete root.dataset.scale
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, () => display)
}

export function useElder(): boolean {
  return useDisplay().elder
}
