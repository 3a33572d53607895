import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ROOT } from './step.ts'
import { checkImports } from './tools.ts'

/** A small house that breaks every rule of the table once. Packages are linked as npm links workspaces. */
const VIOLATIONS: Record<string, string[]> = {
  'order: kernel/base imports nothing to its right': ['kernel/base/src/server/order.ts', "import '@linli/access/server'"],
  'order: kernel/access imports nothing to its right': ['kernel/access/src/server/order.ts', "import '@linli/messages/server'"],
  'order: kernel/messages imports nothing to its right': ['kernel/messages/src/server/order.ts', "import '@linli/registry/server'"],
  'order: kernel/registry imports nothing to its right': ['kernel/registry/src/server/order.ts', "import '@linli/forms/server'"],
  'order: kernel/forms imports nothing to its right': [
    'kernel/forms/src/server/order.ts',
    "import type { X } from '@linli/cases/contract'",
  ],
  'order: kernel/cases imports nothing to its right': ['kernel/cases/src/server/order.ts', "import '@linli/signals/server'"],
  'order: kernel/signals imports nothing to its right': ['kernel/signals/src/server/order.ts', "import '@linli/reports/server'"],
  'order: kernel/reports imports nothing to its right': ['kernel/reports/src/server/order.ts', "import '@linli/exchange/server'"],
  'order: kernel/exchange imports nothing to its right': ['kernel/exchange/src/server/order.ts', "import '@linli/scene/server'"],
  'order: kernel/scene imports nothing to its right': ['kernel/scene/src/server/order.ts', "import '../../../../scenes/lamps/src/pack.ts'"],
  'order: scenes imports nothing to its right': ['scenes/lamps/src/order.ts', "import '../../../apps/server/src/start.ts'"],
  'order: adapters imports nothing to its right': ['adapters/lamps/src/order.ts', "import '../../../apps/server/src/start.ts'"],
  'order: apps/server imports nothing to its right': ['apps/server/src/order.ts', "import '../../../tools/src/tool.ts'"],
  'order: tools imports nothing to its right': ['tools/src/order.ts', "import '../../e2e/journey.ts'"],
  'doors: an engine enters another through contract, define, server, testing or words': [
    'kernel/access/src/server/deep.ts',
    "import '../../../base/src/server/order.ts'",
  ],
  'doors: everyone else enters an engine through contract, define, server, testing or words': [
    'apps/server/src/deep.ts',
    "import '../../../kernel/base/src/server/order.ts'",
  ],
  'scenes never import scenes': ['scenes/lamps/src/other.ts', "import '../../benches/src/pack.ts'"],
  'contract and define run in browsers: no Node, no server code': ['kernel/base/src/define/server.ts', "import '../server/order.ts'"],
  'browsers have no Node': ['kernel/base/src/contract/node.ts', "import 'node:fs'"],
  'portals see contract, define, ui and their own pages': ['apps/lamps/src/server.ts', "import '@linli/base/server'"],
  'portals take the server for its types only': ['apps/lamps/src/start.ts', "import '../../server/src/start.ts'"],
  'ui imports no portal': ['ui/src/portal.ts', "import '../../apps/lamps/src/page.ts'"],
  'portals do not import each other': ['apps/lamps/src/other.ts', "import '../../benches/src/page.ts'"],
  'browsers take contracts as types only: zod never ships': ['ui/src/contract.ts', "import '@linli/base/contract'"],
  'testing is for tests': ['kernel/access/src/server/testing.ts', "import '@linli/base/testing'"],
  'no cycles, type-only ones included': ['kernel/base/src/server/about.ts', "import type { Z } from './round.ts'"],
  'imports lead somewhere': ['tools/src/nowhere.ts', "import './missing.ts'"],
  'packages are declared by who uses them': ['tools/src/undeclared.ts', "import 'undeclared'"],
}

const ENGINES = ['base', 'access', 'messages', 'registry', 'forms', 'cases', 'signals', 'reports', 'exchange', 'scene']
const FOLDERS = ['kernel', 'scenes', 'adapters', 'ui', 'apps', 'tools', 'e2e']
const house = mkdtempSync(join(tmpdir(), 'linli-imports-'))
afterAll(() => rmSync(house, { recursive: true }))

test('every rule of the import policy bites', async () => {
  build()
  for (const [file = '', line = ''] of Object.values(VIOLATIONS)) write(file, `${line}\n`)
  const { problems } = await checkImports(house, FOLDERS, 0)
  const { default: policy } = (await import(`${ROOT}.dependency-cruiser.mjs`)) as { default: { forbidden: { name: string }[] } }
  for (const { name } of policy.forbidden) {
    const [file] = VIOLATIONS[name] ?? []
    expect(
      problems.some((problem) => problem.startsWith(`${name}: ${file} →`)),
      `${name}\n${problems.join('\n')}`,
    ).toBe(true)
  }
})

test('a cruise that saw too little is not taken for a clean one', async () => {
  const { problems } = await checkImports(house, FOLDERS, 10_000)
  expect(problems.at(-1)).toMatch(/^only \d+ modules seen/)
})

function build(): void {
  for (const engine of ENGINES) {
    for (const door of ['contract', 'define', 'server', 'testing']) write(`kernel/${engine}/src/${door}/index.ts`, 'export type X = 1\n')
    const exports = Object.fromEntries(['contract', 'define', 'server', 'testing'].map((door) => [`./${door}`, `./src/${door}/index.ts`]))
    write(`kernel/${engine}/package.json`, JSON.stringify({ name: `@linli/${engine}`, version: '0.1.0', type: 'module', exports }))
    link(`kernel/${engine}`, `node_modules/@linli/${engine}`)
  }
  for (const file of [
    'scenes/lamps/src/pack.ts',
    'scenes/benches/src/pack.ts',
    'apps/server/src/start.ts',
    'apps/lamps/src/page.ts',
    'apps/benches/src/page.ts',
  ]) {
    write(file, 'export type X = 1\n')
  }
  for (const file of ['tools/src/tool.ts', 'e2e/journey.ts', 'ui/src/part.ts']) write(file, 'export type X = 1\n')
  write('kernel/base/src/server/round.ts', "import type { Y } from './about.ts'\nexport type Z = Y\n")
  write('node_modules/undeclared/package.json', JSON.stringify({ name: 'undeclared', version: '1.0.0', main: 'index.js' }))
  write('node_modules/undeclared/index.js', '')
  const dependencies = Object.fromEntries(ENGINES.map((engine) => [`@linli/${engine}`, '0.1.0']))
  write('package.json', JSON.stringify({ name: 'house', version: '0.1.0', type: 'module', dependencies }))
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json']) symlinkSync(join(ROOT, file), join(house, file))
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  writeFileSync(join(house, file), text)
}

function link(target: string, name: string): void {
  mkdirSync(dirname(join(house, name)), { recursive: true })
  symlinkSync(join(house, target), join(house, name))
}
