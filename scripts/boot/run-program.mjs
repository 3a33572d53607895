import { spawn } from 'node:child_process'
import { ROOT } from './say.mjs'

const running = new Set()

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // Once a program has been handed over to, stopping is its business.
    if (handedOver) return
    for (const child of running) child.kill('SIGTERM')
    process.exit(signal === 'SIGINT' ? 130 : 143)
  })
}

let handedOver = false

export function leaveSignalsTo() {
  handedOver = true
}

/** Runs a program without its chatter and answers its exit code and the end of what it said. */
export function runProgram(file, args, { cwd = ROOT, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let output = ''
    const keep = (text) => {
      output = (output + text).slice(-6000)
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code: code ?? 1, output: signal ? `${output}\nended with ${signal}` : output })
    })
  })
}
