import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What a step found. `notes` are said also when it passes; `problems` make it fail. */
export interface Finding {
  problems: string[]
  notes?: string[]
  /** How much was looked at: a check that saw nothing has not passed. */
  seen?: number
}

export interface Step {
  name: string
  run(): Finding | Promise<Finding>
}

export interface Verdict {
  passed: number
  failed: number
}

/** Runs steps two at a time, one line each as it ends, with what failed in full below. */
export async function runSteps(steps: Step[], print: (text: string) => void, atOnce = 2): Promise<Verdict> {
  const waiting = [...steps]
  const verdict: Verdict = { passed: 0, failed: 0 }
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const start = performance.now()
      const { problems, notes = [] } = await runStep(step)
      const ok = problems.length === 0
      verdict[ok ? 'passed' : 'failed'] += 1
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      print([`${ok ? 'ok  ' : 'FAIL'}  ${step.name.padEnd(44)} ${seconds} s`, ...problems, ...notes].join('\n      '))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return verdict
}

async function runStep(step: Step): Promise<Finding> {
  try {
    const finding = await step.run()
    if (finding.seen === 0) return { problems: ['looked at nothing'] }
    return finding
  } catch (error) {
    return { problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }
  }
}

/** Runs a program of node_modules/.bin on the Node that runs us. */
export function runTool(program: string, args: string[], cwd = ROOT): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }
    const child = spawn(process.execPath, [`${ROOT}node_modules/.bin/${program}`, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output: output.trim() }))
  })
}
