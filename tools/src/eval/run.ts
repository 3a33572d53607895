import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { EvalCommand, EvalOptions } from './eval-command.ts'

/** One row per command, loaded only when it is asked for. */
const commands: Record<string, () => Promise<EvalCommand>> = {
  address: async () => (await import('./address.ts')).evalAddress,
  absence: async () => (await import('./absence.ts')).evalAbsence,
  power: async () => (await import('./power.ts')).evalPower,
  clock: async () => (await import('./clock.ts')).evalClock,
}

const usage = `npm run eval -- NAME --in FILE [--train FILE] [--until TIME] --out FILE    NAME: ${Object.keys(commands).sort().join(', ')}`

/** Runs one of the product's own judgements over a file of JSON Lines, so that anyone can check it on data of their own. */
export async function runEval(args: string[]): Promise<number> {
  const request = readRequest(args)
  if (typeof request === 'string') {
    console.error(`${request}\n${usage}`)
    return 2
  }
  const command = await commands[request.name]!()
  return command(request.options)
}

/** The request, or one line saying what is wrong with it. */
function readRequest(args: string[]): { name: string; options: EvalOptions } | string {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { in: { type: 'string' }, out: { type: 'string' }, train: { type: 'string' }, until: { type: 'string' } },
    })
    const [name, ...rest] = positionals
    if (name === undefined || !Object.hasOwn(commands, name)) return `eval: ${name === undefined ? 'which one?' : `no command "${name}"`}`
    if (rest.length > 0) return `eval: one command at a time, not "${rest.join(' ')}" as well`
    if (!values.in || !values.out) return 'eval: --in and --out are both needed'
    if (resolve(values.in) === resolve(values.out)) return 'eval: --in and --out are the same file'
    accessSync(values.in, constants.R_OK)
    return { name, options: { ...values, in: values.in, out: values.out } }
  } catch (error) {
    return `eval: ${(error as Error).message}`
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exitCode = await runEval(process.argv.slice(2))
  } catch (error) {
    console.error(`eval: ${(error as Error).message}`)
    process.exitCode = 1
  }
}
