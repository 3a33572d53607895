import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const limit = 250 * 1024
let output: Rolldown.RolldownOutput['output']

beforeAll(async () => {
  // Vite takes the environment's word for whether this is production.
  vi.stubEnv('NODE_ENV', 'production')
  output = ((await build({ root, logLevel: 'silent', build: { write: false } })) as Rolldown.RolldownOutput).output
  vi.unstubAllEnvs()
})

test('the whole wall, in either language, is at most 250 KB compressed, scripts and styles together', () => {
  const bytes = output.reduce((sum, part) => {
    if (part.type === 'chunk') return sum + gzipSync(part.code).length
    return part.fileName.endsWith('.css') ? sum + gzipSync(part.source).length : sum
  }, 0)
  // React alone is more than this: less would mean that nothing was measured.
  expect(bytes).toBeGreaterThan(60 * 1024)
  expect(bytes).toBeLessThanOrEqual(limit)
})

test('the page itself holds no inline script and no inline style', () => {
  const page = output.find((part) => part.fileName === 'index.html')
  const html = page?.type === 'asset' ? String(page.source) : ''
  expect(html).toContain('<script type="module" crossorigin src="/screen/assets/')
  expect(html.match(/<script(?![^>]* src=)[^>]*>/g)).toBeNull()
  expect(html).not.toMatch(/<style|style="|onload=/)
})
