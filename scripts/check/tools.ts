import { globSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Finding, ROOT, runTool, type Step } from './step.ts'

const FOLDERS = ['kernel', 'scenes', 'adapters', 'ui', 'apps', 'tools', 'e2e', 'scripts']

/**
 * Fewer modules than this were not all of them: with a TypeScript it does not know, dependency-cruiser sees none at all and
 * says that all is well. Raise it as the house grows.
 */
const MODULE_FLOOR = 500

interface CruiseSummary {
  totalCruised: number
  violations: { from: string; to: string; rule: { name: string } }[]
}

export const toolSteps: Step[] = [
  // One program each: two portals may not register their router in the same one.
  ...['.', ...globSync('apps/*/tsconfig.json', { cwd: ROOT }).map(dirname)].map((project) => ({
    name: `types of ${project === '.' ? 'the house' : project}`,
    run: () => checkTypes(project),
  })),
  { name: 'imports', run: () => checkImports(ROOT, FOLDERS, MODULE_FLOOR) },
  { name: 'format and lint', run: checkFormat },
  { name: 'dead files, exports and dependencies', run: () => passes('knip', ['--no-progress', '--no-config-hints']) },
]

/** Remembers what it saw (`tsBuildInfoFile`), so that a second run takes a fraction of the first. */
const checkTypes = (project: string): Promise<Finding> => passes('tsc', ['-p', project, '--noEmit', '--pretty', 'false'])

async function passes(program: string, args: string[]): Promise<Finding> {
  const { code, output } = await runTool(program, args)
  return { problems: code === 0 ? [] : output.split('\n') }
}

/** One line for each finding, in a form that an editor's terminal can jump to; `npx biome check --write` mends most. */
async function checkFormat(): Promise<Finding> {
  const { code, output } = await runTool('biome', ['ci', '--reporter=github', '--max-diagnostics=none', '--error-on-warnings'])
  const found = [...output.matchAll(/^::\w+ title=([^,]+),file=([^,]+),line=(\d+).*?::(.*)$/gm)]
  const problems = found.map(([, rule, file = '', line, message]) => `${file.replace(ROOT, '')}:${line}: ${message} (${rule})`)
  return { problems: code === 0 ? [] : problems.length > 0 ? [...new Set(problems)] : output.split('\n') }
}

/** The import policy of .dependency-cruiser.mjs over some folders. */
export async function checkImports(cwd: string, folders: string[], floor: number): Promise<Finding> {
  const { output } = await runTool('depcruise', ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders], cwd)
  if (!output.startsWith('{')) return { problems: output.split('\n') }
  const { summary } = JSON.parse(output) as { summary: CruiseSummary }
  const problems = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  if (summary.totalCruised < floor) problems.push(`only ${summary.totalCruised} modules seen; there are at least ${floor}`)
  return { problems: [...new Set(problems)] }
}
