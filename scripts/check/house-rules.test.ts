import { expect, test } from 'vitest'
import { checkGlossary } from './glossary.ts'
import { checkNames, checkPlaces, checkSceneKeys, checkSize } from './house-rules.ts'
import { checkLockfile } from './lockfile.ts'
import { checkPictures } from './pictures.ts'
import { runSteps } from './step.ts'

const file = (path: string, text: string) => ({ path, text })
const lines = (count: number) => 'x\n'.repeat(count)

test('a file over 400 lines is refused, one over 250 only mentioned, and a list or a test may be long', () => {
  const { problems, notes } = checkSize([
    file('kernel/base/src/server/long.ts', lines(401)),
    file('kernel/base/src/server/growing.ts', lines(251)),
    file('kernel/base/src/server/fine.ts', lines(250)),
    file('kernel/base/src/server/proof.test.ts', lines(900)),
    file('scenes/lamps/src/locales/en.ts', lines(900)),
  ])
  expect(problems).toEqual(['kernel/base/src/server/long.ts: 401 lines; 400 is the limit'])
  expect(notes).toEqual(['think again: kernel/base/src/server/growing.ts has 251 lines'])
})

test('a name that says nothing is refused, and so is a door that does work', () => {
  const { problems } = checkNames([
    file('kernel/base/src/server/utils.ts', ''),
    file('kernel/base/src/server/types.ts', ''),
    file('kernel/base/src/server/index.ts', "/** The door. */\nexport * from './clock.ts'\nexport { a,\n  type B } from './a.ts'\n"),
    file('kernel/access/src/server/index.ts', "export * from './a.ts'\nexport const answer = 42\n"),
  ])
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'kernel/base/src/server/utils.ts',
    'kernel/base/src/server/types.ts',
    'kernel/access/src/server/index.ts',
  ])
})

test('the kernel may speak of lamps, but not of the scene called lamps', () => {
  const { problems } = checkSceneKeys(
    [
      file('kernel/cases/src/server/open.ts', "// how many lamps\nconst path = '/public/lamps'\nopen('lamps.broken')\n"),
      file('kernel/cases/src/server/load.ts', "import '@linli/scene-lamps'\n"),
      file('scenes/lamps/src/pack.ts', "defineScene({ key: 'lamps' })\n"),
    ],
    ['lamps'],
  )
  expect(problems.map((problem) => problem.split(' names')[0])).toEqual([
    'kernel/cases/src/server/open.ts:3:',
    'kernel/cases/src/server/load.ts:1:',
  ])
})

test('a banned word is found in any spelling of an identifier, and a street lamp is none', () => {
  const glossary = file('docs/glossary.md', '')
  const { problems } = checkGlossary([
    glossary,
    file('kernel/cases/src/a.ts', 'const streetId = 1\nconst WORK_ORDER = 2\nconst streetLamp = 3\nconst shequName = 4\n// Neighbours\n'),
  ])
  const found = problems.filter((problem) => problem.startsWith('kernel/'))
  expect(found.map((problem) => /"(.*?)" is (\w+)/.exec(problem)?.slice(1))).toEqual([
    ['street', 'township'],
    ['work order', 'appeal'],
    ['shequ', 'community'],
    ['neighbour', 'neighbor'],
  ])
})

test('a glossary that does not explain a banned word is incomplete', () => {
  const { problems } = checkGlossary([file('docs/glossary.md', '| 街道 | `township` | never `street` |\n'), file('a.ts', '')])
  expect(problems).toContain('docs/glossary.md: no row has "whistle" and "callOut"')
  expect(problems).not.toContain('docs/glossary.md: no row has "street" and "township"')
})

test('a path or registry of one machine is found, an address of the product is not', () => {
  const { problems } = checkPlaces([
    file('a.ts', `const a = '${'/home'}/someone/linli'\n`),
    file('b.json', `"resolved": "https://${'registry.npm'}js.org/pg"\n`),
    file('c.ts', "const c = '/workbench/cases'\n"),
  ])
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['a.ts:1:', 'b.json:1:'])
})

test('a lockfile that npm ci would refuse on another platform is found', () => {
  const packages = {
    'node_modules/biome': { version: '1.0.0', optionalDependencies: { 'cli-linux-x64': '1.0.0', 'cli-darwin-arm64': '1.0.0' } },
  }
  const { problems } = checkLockfile({ packages: { ...packages, 'node_modules/cli-linux-x64': { version: '1.0.0' } } })
  expect(problems.join()).toContain('node_modules/cli-darwin-arm64 is missing')
  expect(problems.join()).not.toContain('cli-linux-x64')
})

test('a step that throws or looks at nothing has failed', async () => {
  const said: string[] = []
  const verdict = await runSteps(
    [
      { name: 'fine', run: () => ({ problems: [], seen: 3 }) },
      { name: 'blind', run: () => ({ problems: [], seen: 0 }) },
      { name: 'broken', run: () => Promise.reject(new Error('no such tool')) },
    ],
    (text) => said.push(text),
  )
  expect(verdict).toEqual({ passed: 1, failed: 2 })
  expect(said.join('\n')).toContain('no such tool')
})

test('a picture is taken by one journey, kept, and shown; whatever is missing of these is named', () => {
  const journey = (name: string, ...pictures: string[]) =>
    file(`e2e/${name}.spec.ts`, pictures.map((one) => `  await picture(page, '${one}')\n`).join(''))
  const shows = (...pictures: string[]) => file('docs/guide/README.md', pictures.map((one) => `![](../screenshots/${one}.png)`).join('\n'))
  const kept = (name: string, bytes = 80_000) => ({ name, bytes })
  const whole = checkPictures([journey('ruled', 'ruling'), shows('ruling')], [kept('ruling')])
  expect(whole.problems).toEqual([])
  const { problems } = checkPictures(
    [journey('ruled', 'ruling', 'unshown'), journey('again', 'ruling'), shows('ruling', 'untaken')],
    [kept('ruling', 5_000_000), kept('stale')],
  )
  expect(problems).toEqual([
    'e2e/again.spec.ts: another journey takes ruling too',
    'e2e/ruled.spec.ts: no page of README or guide shows unshown',
    'docs/guide/README.md: no journey takes untaken',
    'docs/guide/README.md: docs/screenshots/untaken.png is not there; npm run screenshots',
    'docs/screenshots/stale.png: nothing shows it',
    'docs/screenshots: 5080000 bytes; 4000000 is the limit',
  ])
})
