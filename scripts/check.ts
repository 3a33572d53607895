import { runChecks } from './check/run-checks.ts'

const { passed, failed } = await runChecks(console.log)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
