import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { TextFile } from './files.ts'
import { type Finding, ROOT } from './step.ts'

const CODE = /\.(tsx?|mjs|css)$/
const THINK_AGAIN = 250
const REFUSE = 400

/** Lists grow with what they list, tests with what they prove: splitting either helps nobody. */
const LONG_MAY_BE = [
  /\.(test|spec)\.tsx?$/,
  /\/(locales|words)\//,
  /^scenes\/[^/]+\/src\/(?!server\/|pages\/)/,
  /-(list|codes|names|samples|words)\.ts$/,
  /\/words-[a-z]{2}\.ts$/,
]

export function checkSize(files: TextFile[]): Finding {
  const code = files.filter(({ path }) => CODE.test(path) && !LONG_MAY_BE.some((exempt) => exempt.test(path)))
  const sized = code.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  return {
    problems: sized.filter(({ lines }) => lines > REFUSE).map(({ path, lines }) => `${path}: ${lines} lines; ${REFUSE} is the limit`),
    notes: sized
      .filter(({ lines }) => lines > THINK_AGAIN && lines <= REFUSE)
      .map(({ path, lines }) => `think again: ${path} has ${lines} lines`),
    seen: code.length,
  }
}

/** Names that say nothing, and doors that do work. */
export function checkNames(files: TextFile[]): Finding {
  const code = files.filter(({ path }) => CODE.test(path))
  const vague = /^(utils?|helpers?|common|misc|managers?|types|constants|shared)(\.(test|spec))?\.(tsx?|mjs|css)$/
  const problems = code.filter(({ path }) => vague.test(basename(path))).map(({ path }) => `${path}: name it by what it holds`)
  for (const { path, text } of code.filter(({ path }) => basename(path) === 'index.ts')) {
    if (!isDoorOnly(text)) problems.push(`${path}: an index.ts only re-exports`)
  }
  return { problems, seen: code.length }
}

function isDoorOnly(text: string): boolean {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/(export|import)\s[^;'"]*?\sfrom\s+['"][^'"]+['"];?/g, '')
    .replace(/import\s+['"][^'"]+['"];?/g, '')
    .replace(/export\s*\{\s*\}/g, '')
  return code.trim() === ''
}

/** The kernel serves scenes it has never heard of. Its tests invent theirs (a broken street lamp). */
export function checkSceneKeys(files: TextFile[], keys = sceneKeys()): Finding {
  const kernel = files.filter(({ path }) => path.startsWith('kernel/') && /\.(tsx?|sql)$/.test(path))
  const problems = kernel.flatMap(({ path, text }) =>
    keys.flatMap((key) => {
      const named = new RegExp(`(['"\`])${key}(\\.[a-z-]+)?\\1|scenes?[-/]${key}\\b`)
      return text
        .split('\n')
        .map((line, index) => (named.test(line) ? `${path}:${index + 1}: names the scene ${key}: ${line.trim()}` : ''))
        .filter(Boolean)
    }),
  )
  return { problems, seen: keys.length * kernel.length }
}

function sceneKeys(): string[] {
  return readdirSync(join(ROOT, 'scenes'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/** What is true on one machine only, or tells where a file was written. Assembled here, or this file would be the first find. */
const ELSEWHERE = new RegExp(
  [
    `(^|[\\s'"\`(=:])/(${['work/', 'root/', 'home/[a-z]', 'Users/[A-Za-z]'].join('|')})`,
    `registry\\.${'npm'}js\\.org`,
    `registry\\.${'npm'}mirror\\.com`,
    `deb\\.${'debian'}\\.org`,
  ].join('|'),
)

export function checkPlaces(files: TextFile[]): Finding {
  const problems = files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, index) =>
        ELSEWHERE.test(line) ? `${path}:${index + 1}: a path or host of one machine: ${line.trim().slice(0, 160)}` : '',
      )
      .filter(Boolean),
  )
  return { problems, seen: files.length }
}
