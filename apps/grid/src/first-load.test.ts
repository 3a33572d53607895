import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const limit = 180 * 1024
let output: Rolldown.RolldownOutput['output']

beforeAll(async () => {
  // Vite takes the environment's word for whether this is production.
  vi.stubEnv('NODE_ENV', 'production')
  output = ((await build({ root, logLevel: 'silent', build: { write: false } })) as Rolldown.RolldownOutput).output
  vi.unstubAllEnvs()
})

test('the first load is at most 180 KB compressed, scripts and styles together', () => {
  const chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part] as const] : [])))
  const first = new Set<string>()
  const follow = (name: string): void => {
    if (first.has(name)) return
    first.add(name)
    for (const next of chunks.get(name)?.imports ?? []) follow(next)
  }
  for (const chunk of chunks.values()) if (chunk.isEntry) follow(chunk.fileName)
  const scripts = [...first].map((name) => chunks.get(name)?.code ?? '')
  const styles = output.flatMap((part) => (part.type === 'asset' && part.fileName.endsWith('.css') ? [part.source] : []))
  const bytes = [...scripts, ...styles].reduce((sum, text) => sum + gzipSync(text).length, 0)
  // React alone is more than this: less would mean that nothing was measured.
  expect(bytes).toBeGreaterThan(70 * 1024)
  expect(bytes).toBeLessThanOrEqual(limit)
})

test('the page itself holds no inline script and no inline style', () => {
  const page = output.find((part) => part.fileName === 'index.html')
  const html = page?.type === 'asset' ? String(page.source) : ''
  expect(html).toContain('<script type="module" crossorigin src="/grid/assets/')
  expect(html.match(/<script(?![^>]* src=)[^>]*>/g)).toBeNull()
  expect(html).not.toMatch(/<style|style="|onload=/)
})

test('the worker keeps the page and every part of it, each under the name that it is asked for', () => {
  const worker = output.find((part) => part.fileName === 'sw.js')
  const script = worker?.type === 'asset' ? String(worker.source) : ''
  const parts = output.filter((part) => part.fileName.startsWith('assets/'))
  expect(parts.length).toBeGreaterThan(10)
  for (const part of parts) expect(script).toContain(`/grid/${part.fileName}`)
  expect(script).toMatch(/"?url"?: ?[`"']\/grid\/[`"'], ?"?revision"?: ?[`"'][0-9a-f]{16}/)
  expect(script).not.toContain('__SHELL__')
})
