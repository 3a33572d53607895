import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const limit = 250 * 1024
/** What a desk fetches to show its queue, open a case and have the dialog of a step at hand. */
const queueParts = ['queue-page.tsx', 'move-dialog.tsx']
let output: Rolldown.RolldownOutput['output']

beforeAll(async () => {
  // Vite takes the environment's word for whether this is production.
  vi.stubEnv('NODE_ENV', 'production')
  output = ((await build({ root, logLevel: 'silent', build: { write: false } })) as Rolldown.RolldownOutput).output
  vi.unstubAllEnvs()
})

test('the queue with its dialogs is at most 250 KB compressed, scripts and styles together', () => {
  const chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part] as const] : [])))
  const needed = new Set<string>()
  const follow = (name: string): void => {
    if (needed.has(name)) return
    needed.add(name)
    for (const next of chunks.get(name)?.imports ?? []) follow(next)
  }
  const isNeeded = (module: string | null) => queueParts.some((part) => module?.endsWith(`/cases/${part}`))
  const starts = [...chunks.values()].filter((chunk) => chunk.isEntry || isNeeded(chunk.facadeModuleId))
  expect(starts).toHaveLength(1 + queueParts.length)
  for (const { fileName } of starts) follow(fileName)
  const scripts = [...needed].map((name) => chunks.get(name)?.code ?? '')
  // Styles of pages that are not needed come with those pages.
  const sheets = new Set([...needed].flatMap((name) => [...(chunks.get(name)?.viteMetadata?.importedCss ?? [])]))
  expect(sheets.size).toBeGreaterThan(0)
  const styles = output.flatMap((part) => (part.type === 'asset' && sheets.has(part.fileName) ? [part.source] : []))
  const bytes = [...scripts, ...styles].reduce((sum, text) => sum + gzipSync(text).length, 0)
  // React alone is more than this: less would mean that nothing was measured.
  expect(bytes).toBeGreaterThan(100 * 1024)
  expect(bytes).toBeLessThanOrEqual(limit)
})

test('the page itself holds no inline script and no inline style', () => {
  const page = output.find((part) => part.fileName === 'index.html')
  const html = page?.type === 'asset' ? String(page.source) : ''
  expect(html).toContain('<script type="module" crossorigin src="/workbench/assets/')
  expect(html.match(/<script(?![^>]* src=)[^>]*>/g)).toBeNull()
  expect(html).not.toMatch(/<style|style="|onload=/)
})
