import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from './check/run-checks.ts'
import { ROOT, type Verdict } from './check/step.ts'

/**
 * Everything that CI runs: the checks of the house, then every test from unit to journey. The last line is always
 * "N passed, N failed". With arguments (file names, `-t name`) only the tests they pick run.
 */

const REPORT = join(ROOT, '.cache', 'test-report.json')

interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; status: string; assertionResults: unknown[] }[]
}

async function runVitest(args: string[]): Promise<Verdict> {
  rmSync(REPORT, { force: true })
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${REPORT}`,
        ...args,
      ],
      { cwd: ROOT, stdio: 'inherit' },
    )
    child.once('error', reject)
    child.once('close', (ended) => resolve(ended ?? 1))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal))
  })
  return count(code)
}

/** A file that does not even load has no tests to count, and an error outside of any test belongs to none: both are failures. */
function count(code: number): Verdict {
  let report: Report
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8')) as Report
  } catch {
    return { passed: 0, failed: 1 }
  }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + brokenFiles
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

mkdirSync(join(ROOT, '.cache'), { recursive: true })
const args = process.argv.slice(2)
const checked = args.length === 0 ? await runChecks(console.log) : { passed: 0, failed: 0 }
const tested = await runVitest(args)
const passed = checked.passed + tested.passed
const failed = checked.failed + tested.failed
process.exitCode = failed > 0 || tested.passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)
