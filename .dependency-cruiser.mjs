/**
 * The whole import policy (docs/architecture.md), as one table. Exceptions live here, each with its reason.
 *
 *   base ← access ← messages ← … ← scene ← scenes/* ← adapters/* ← apps/server ← tools, e2e      and      ui ← portals
 */

/** From left to right: each may import only what stands to its left. Engines that are not there yet keep their place. */
const ORDER = [
  'kernel/base',
  'kernel/access',
  'kernel/messages',
  'kernel/registry',
  'kernel/forms',
  'kernel/cases',
  'kernel/signals',
  'kernel/reports',
  'kernel/exchange',
  'kernel/scene',
  'scenes',
  'adapters',
  'apps/server',
  'tools',
  'e2e',
]
const PORTAL = '^apps/(?!server/)'
const BROWSER = '^(ui|apps/(?!server/)[^/]+|kernel/[^/]+/src/(contract|define|words))/'
const DOOR = '^kernel/[^/]+/src/((contract|define|server|testing)/index|words/(zh|en))\\.ts$'
const TEST = '\\.(test|spec)\\.tsx?$'
const TEST_SUPPORT = `${TEST}|/src/testing/|^e2e/|^kernel/base/src/server/embedded/test-(cluster|database)\\.ts$`

const leftOnly = ORDER.slice(0, -1).map((left, place) => ({
  name: `order: ${left} imports nothing to its right`,
  severity: 'error',
  from: { path: `^${left}/` },
  to: { path: `^(${ORDER.slice(place + 1).join('|')})/` },
}))

const forbidden = [
  ...leftOnly,
  {
    name: 'doors: an engine enters another through contract, define, server, testing or words',
    severity: 'error',
    from: { path: '^kernel/([^/]+)/' },
    to: { path: '^kernel/', pathNot: `^kernel/$1/|${DOOR}` },
  },
  {
    name: 'doors: everyone else enters an engine through contract, define, server, testing or words',
    severity: 'error',
    from: { path: '^(scenes|adapters|apps|ui|tools|e2e)/' },
    to: { path: '^kernel/', pathNot: DOOR },
  },
  {
    name: 'scenes never import scenes',
    severity: 'error',
    from: { path: '^scenes/([^/]+)/' },
    to: { path: '^scenes/(?!$1/)' },
  },
  {
    name: 'contract and define run in browsers: no Node, no server code',
    severity: 'error',
    from: { path: '/src/(contract|define)/', pathNot: TEST },
    to: { path: '/src/(server|testing)/|^node_modules/(pg|pg-boss|fastify|drizzle-orm|sharp|vitest)/' },
  },
  {
    name: 'browsers have no Node',
    severity: 'error',
    // Their Vite configurations, tests and what only tests import run in Node.
    from: { path: BROWSER, pathNot: `${TEST}|\\.config\\.ts$|^ui/src/testing/` },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'portals see contract, define, ui and their own pages',
    severity: 'error',
    // The two tools of a portal's own folder: how Vite builds it, and tests beside its files.
    from: { path: `${PORTAL}|^ui/`, pathNot: TEST },
    to: { path: '^(kernel/[^/]+/src/(server|testing)|scenes/[^/]+/src/server|tools|e2e)/' },
  },
  {
    name: 'portals take the server for its types only',
    severity: 'error',
    from: { path: `${PORTAL}|^ui/` },
    to: { path: '^apps/server/', dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'ui imports no portal',
    severity: 'error',
    from: { path: '^ui/' },
    to: { path: '^apps/' },
  },
  {
    name: 'portals do not import each other',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/(?!$1/|server/)' },
  },
  {
    name: 'browsers take contracts as types only: zod never ships',
    severity: 'error',
    from: { path: `${PORTAL}|^ui/`, pathNot: TEST },
    to: { path: '^kernel/[^/]+/src/contract/|^node_modules/zod/', dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'testing is for tests',
    severity: 'error',
    from: { pathNot: `${TEST_SUPPORT}|^vitest\\.config\\.ts$|^tools/` },
    to: { path: '/src/testing/|^node_modules/vitest/' },
  },
  { name: 'no cycles, type-only ones included', severity: 'error', from: {}, to: { circular: true } },
  { name: 'imports lead somewhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'packages are declared by who uses them',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
]

export default {
  forbidden,
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['/dist/', '^\\.cache/'] },
    // Type-only imports bind packages together just the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Tools used by everyone (vitest, TypeScript) are declared once, at the root.
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    builtInModules: { add: [] },
  },
}
