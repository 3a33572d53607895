import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@linli/base/server'
import { freePort, type RunningPlatform, runPlatform } from '../harness/run-platform.ts'
import { fillMatters } from './many-matters.ts'

export interface Login {
  role: string
  account: string
  password: string
  areaCode: string
}

/** The platform as a process of its own, with the demo town and so many more cases in its database. */
export interface Stage {
  readonly platform: RunningPlatform
  readonly folder: string
  readonly env: Record<string, string>
  readonly servingUrl: string
  readonly ownerUrl: string
  readonly cases: number
  login(role: string): Login
  stop(): Promise<void>
}

type Unfilled = Omit<Stage, 'cases'>

interface Filling {
  /** `cases-200000`; names the folder that is kept. */
  name: string
  /** Keeps what was made for the next run of the same name; without it everything is gone at the end. */
  dataDir: string | undefined
  say: (line: string) => void
  fill(stage: Unfilled): Promise<void>
}

/** The demo town with so many cases more. */
export async function openStage(cases: number, dataDir: string | undefined, say: (line: string) => void): Promise<Stage> {
  const stage = await openFilled({
    name: `cases-${cases}`,
    dataDir,
    say,
    fill: ({ servingUrl, ownerUrl, login }) =>
      fillMatters({ servingUrl, ownerUrl }, { cellCode: login('gridWorker').areaCode, clerk: login('departmentClerk').account }, cases),
  })
  return { ...stage, cases }
}

/** The demo town with whatever is filled in. */
export async function openFilled({ name, dataDir, say, fill }: Filling): Promise<Unfilled> {
  const folder = dataDir ? join(dataDir, name) : await mkdtemp(join(tmpdir(), 'linli-bench-'))
  await mkdir(folder, { recursive: true })
  const database = await startEmbedded({ dataDir: folder })
  const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_DEMO: '1' }
  const platform = await runPlatform({ dataDir: folder, port: await freePort(), env })
  const stop = async (): Promise<void> => {
    await platform.stop()
    await database.stop()
    if (!dataDir) await rm(folder, { recursive: true, force: true })
  }
  try {
    const { logins } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as { logins: Login[] }
    const login = (role: string): Login => logins.find((one) => one.role === role)!
    const { servingUrl, ownerUrl } = database
    const stage: Unfilled = { platform, folder, env, servingUrl, ownerUrl, login, stop }
    const filled = join(folder, 'filled')
    if (!existsSync(filled)) {
      const startedAt = performance.now()
      await fill(stage)
      await writeFile(filled, name)
      say(`${name} made in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
    }
    return stage
  } catch (error) {
    await stop()
    throw error
  }
}

/** A session of its own; the token. */
export async function signIn(url: string, { account, password }: Login): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })
  if (!answer.ok) throw new Error(`${answer.status} for ${account}: ${await answer.text()}`)
  return ((await answer.json()) as { token: string }).token
}
