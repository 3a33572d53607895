import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { listFiles } from './check/files.ts'
import { listTaken } from './check/pictures.ts'
import { ROOT } from './check/step.ts'

/** The pictures of README and guide, made by the journeys that come to what they show: `npm run screenshots [WORD…]`. */
const words = process.argv.slice(2)
const wanted = listTaken(listFiles()).filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
if (wanted.length === 0) throw new Error(`no journey takes a picture of ${words.join(', ')}`)
console.log(`${wanted.length} pictures: ${wanted.map(({ name }) => name).join(' ')}`)
const journeys = [...new Set(wanted.map(({ path }) => path))]
const child = spawn(process.execPath, [join(ROOT, 'scripts', 'boot.mjs'), 'test', '--project', 'journeys', ...journeys], {
  cwd: ROOT,
  env: { ...process.env, LINLI_PICTURES: wanted.map(({ name }) => name).join(' ') },
  stdio: 'inherit',
})
child.once('close', (code) => {
  process.exitCode = code ?? 1
})
