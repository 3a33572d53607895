import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, expect, test, vi } from 'vitest'
import { attachEmbedded } from './attach-embedded.ts'
import { copyBinaries, findBinaries } from './binaries.ts'
import { isAlive } from './process-identity.ts'
import { type EmbeddedDatabase, startEmbedded } from './start-embedded.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = 65534
const PROGRAM = fileURLToPath(new URL('./start-embedded.ts', import.meta.url))

const clearing: (() => unknown)[] = []
afterEach(async () => {
  for (const clear of clearing.splice(0).reverse()) await clear()
})

test.runIf(isRoot)('root gets a server that is not root, with its data and secrets closed to others', async () => {
  const dataDir = newFolder()
  const db = await start(dataDir)
  expect(statSync(`/proc/${db.pid}`).uid).not.toBe(0)
  expect(lstatSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  expect(lstatSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600)
})

test('what was committed is there after a stop and a start, and Chinese names sort as Chinese', async () => {
  const dataDir = newFolder()
  const first = await start(dataDir)
  await query(first.ownerUrl, 'CREATE TABLE neighbor (name text)')
  await query(first.ownerUrl, "INSERT INTO neighbor VALUES ('张'), ('李'), ('王'), ('安')")
  await first.stop()
  const second = await start(dataDir)
  expect(second.ownerUrl).toBe(first.ownerUrl)
  expect((await query(second.ownerUrl, 'SELECT name FROM neighbor ORDER BY name')).map((row) => row.name)).toEqual(['安', '李', '王', '张'])
})

test('a server keeps its promises: fsync, checksums, and listening on this machine only', async () => {
  const db = await start(newFolder())
  const [settings] = await query(
    db.ownerUrl,
    "SELECT current_setting('fsync') AS fsync, current_setting('data_checksums') AS sums, current_setting('listen_addresses') AS listens",
  )
  expect(settings).toEqual({ fsync: 'on', sums: 'on', listens: '127.0.0.1' })
  await expect(query(db.ownerUrl.replace(/:[^:@]+@/, ':guess@'), 'SELECT')).rejects.toThrow('password authentication failed')
})

test('a database that outlived its platform is adopted, with every row', async () => {
  const dataDir = newFolder()
  const platform = await startElsewhere(dataDir)
  await query(platform.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS one')
  platform.process.kill('SIGKILL')
  await once(platform.process, 'exit')
  expect(isAlive(platform.pid)).toBe(true)

  const db = await start(dataDir)
  expect(db.pid).toBe(platform.pid)
  expect(await query(db.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
  await db.stop()
  expect(isAlive(platform.pid)).toBe(false)
})

test('a command beside a running platform finds its database; without one there is nothing to find', async () => {
  const dataDir = newFolder()
  expect(await attachEmbedded(dataDir)).toBeUndefined()
  const platform = await startElsewhere(dataDir)
  expect(await attachEmbedded(dataDir)).toMatchObject({ ownerUrl: platform.ownerUrl })
  platform.process.kill('SIGKILL')
  await once(platform.process, 'exit')
  expect(await attachEmbedded(dataDir)).toBeUndefined()
  await start(dataDir)
})

test('an adopted database is watched too: killed, it comes back', async () => {
  const dataDir = newFolder()
  const platform = await startElsewhere(dataDir)
  platform.process.kill('SIGKILL')
  await once(platform.process, 'exit')
  const db = await start(dataDir)
  process.kill(db.pid, 'SIGKILL')
  await vi.waitFor(() => query(db.servingUrl, 'SELECT'), { timeout: 15_000 })
  expect(db.pid).not.toBe(platform.pid)
})

test('an orphan that does not answer to our password is not adopted but stopped, and another server started', async () => {
  const dataDir = newFolder()
  const platform = await startElsewhere(dataDir)
  const { passwords, port } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'))
  await query(`postgresql://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`, "ALTER ROLE postgres PASSWORD 'other'")
  platform.process.kill('SIGKILL')
  await once(platform.process, 'exit')
  const db = await start(dataDir)
  expect(db.pid).not.toBe(platform.pid)
  expect(isAlive(platform.pid)).toBe(false)
})

test('the database killed under a running platform comes back at the same address with all that was committed', async () => {
  const db = await start(newFolder())
  await query(db.ownerUrl, 'CREATE TABLE counted (n integer)')
  for (let n = 1; n <= 3; n += 1) {
    const before = db.pid
    await query(db.ownerUrl, `INSERT INTO counted VALUES (${n})`)
    process.kill(before, 'SIGKILL')
    await vi.waitFor(() => query(db.servingUrl, 'SELECT'), { timeout: 15_000 })
    expect(db.pid).not.toBe(before)
    expect(await query(db.ownerUrl, 'SELECT n FROM counted ORDER BY n')).toHaveLength(n)
  }
})

test('two platforms on one folder: the second is told who holds it', async () => {
  const dataDir = newFolder()
  await start(dataDir)
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(`process ${process.pid}`),
  })
})

test('a remembered port that somebody else took is given up for another', async () => {
  const dataDir = newFolder()
  const first = await start(dataDir)
  await first.stop()
  const port = Number(new URL(first.ownerUrl).port)
  const squatter = createServer().listen(port, '127.0.0.1')
  await once(squatter, 'listening')
  clearing.push(() => squatter.close())
  const second = await start(dataDir)
  expect(Number(new URL(second.ownerUrl).port)).not.toBe(port)
  await query(second.servingUrl, 'SELECT')
})

test('a pid file that names an innocent process, as after a reboot, does not keep the database down', async () => {
  const dataDir = newFolder()
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n\nready\n`)
  const db = await start(dataDir)
  await query(db.servingUrl, 'SELECT')
  expect(isAlive(process.pid)).toBe(true)
})

test('a first start killed in the middle leaves nothing to repair', async () => {
  const dataDir = newFolder()
  const platform = spawnPlatform(dataDir)
  await vi.waitFor(() => expect(readdirSync(dataDir).some(isHalf)).toBe(true), { timeout: 10_000, interval: 5 })
  platform.kill('SIGKILL')
  await once(platform, 'exit')
  const db = await start(dataDir)
  await query(db.servingUrl, 'SELECT')
  expect(await query(db.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test.runIf(isRoot)('an ordinary user starts it without being root anywhere', async () => {
  const dataDir = newFolder()
  chownSync(dataDir, NOBODY, NOBODY)
  const platform = await startElsewhere(dataDir, { uid: NOBODY })
  expect(statSync(`/proc/${platform.pid}`).uid).toBe(NOBODY)
  await query(platform.servingUrl, 'SELECT')
})

test.runIf(isRoot)('root with its data in a folder that nobody else can enter', async () => {
  const closed = newFolder()
  chmodSync(closed, 0o700)
  const dataDir = join(closed, 'data')
  const first = await start(dataDir)
  await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS one')
  await first.stop()
  const second = await start(dataDir)
  expect(await query(second.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
})

test.runIf(isRoot)('where user namespaces are missing, its own folder is opened for passing through, not left behind', async () => {
  const dataDir = newFolder()
  chmodSync(dataDir, 0o700)
  const platform = await startElsewhere(dataDir, { env: { PATH: '/nowhere' } })
  expect(lstatSync(dataDir).mode & 0o777).toBe(0o711)
  expect(readdirSync(dataDir)).toContain('postgres')
  await query(platform.servingUrl, 'SELECT')
})

test.runIf(isRoot)('where not even that helps, it moves to a readable folder, says where, and takes the data along', async () => {
  const closed = newFolder()
  const dataDir = join(closed, 'data')
  const open = await start(dataDir)
  await query(open.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS one')
  await open.stop()
  chmodSync(closed, 0o700)

  const platform = await startElsewhere(dataDir, { env: { PATH: '/nowhere' } })
  const { cluster } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'))
  clearing.unshift(() => rmSync(dirname(cluster), { recursive: true }))
  expect(platform.said.join('\n')).toContain(dirname(cluster))
  expect(cluster.startsWith(closed)).toBe(false)
  expect(await query(platform.ownerUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
})

test('binaries without links and executable bits, as npm leaves them under --ignore-scripts, are mended in a copy', () => {
  const folder = newFolder()
  const broken = join(folder, 'package', 'native')
  execFileSync('mkdir', ['-p', dirname(broken)])
  execFileSync('cp', ['-rP', findBinaries(join(folder, 'unused')).folder, broken])
  for (const name of readdirSync(join(broken, 'lib')))
    if (lstatSync(join(broken, 'lib', name)).isSymbolicLink()) rmSync(join(broken, 'lib', name))
  for (const name of readdirSync(join(broken, 'bin'))) chmodSync(join(broken, 'bin', name), 0o644)
  expect(spawnSync(join(broken, 'bin', 'postgres'), ['-V']).status).not.toBe(0)

  const { postgres } = copyBinaries(broken, join(folder, 'mended'))
  expect(execFileSync(postgres, ['-V'], { encoding: 'utf8' })).toContain('PostgreSQL')
})

test.runIf(isRoot)('a folder that cannot be written ends in one line and exit code 2', async () => {
  const dataDir = newFolder()
  const { line, exitCode } = await failElsewhere(dataDir, { uid: NOBODY })
  expect(exitCode).toBe(2)
  expect(line).toContain(`DATA_DIR: ${dataDir}`)
})

test('a data folder where nobody can make one ends in one line and exit code 2', async () => {
  const { line, exitCode } = await failElsewhere('/proc/linli/data')
  expect(exitCode).toBe(2)
  expect(line).toContain('DATA_DIR: /proc/linli')
})

test('a data folder that is a file ends in one line and exit code 2', async () => {
  const file = join(newFolder(), 'file')
  writeFileSync(file, '')
  const { line, exitCode } = await failElsewhere(file)
  expect(exitCode).toBe(2)
  expect(line).toContain('not a folder')
})

test.runIf(isRoot && canMount())('a full disk at the first start ends in one line and exit code 3, and nothing half made', async () => {
  const dataDir = newFolder()
  const { line, exitCode, left } = await failElsewhere(dataDir, { tmpfs: '12m' })
  expect(exitCode).toBe(3)
  expect(line).toMatch(/full/)
  expect(left.filter(isHalf)).toEqual([])
})

function isHalf(name: string): boolean {
  return name.startsWith('postgres.new-')
}

async function start(dataDir: string): Promise<EmbeddedDatabase> {
  const db = await startEmbedded({ dataDir })
  clearing.push(() => db.stop())
  return db
}

interface Elsewhere {
  uid?: number
  env?: NodeJS.ProcessEnv
  tmpfs?: string
}

/** Another platform process on the folder, one that can be killed. */
function spawnPlatform(dataDir: string, { uid, env, tmpfs }: Elsewhere = {}): ChildProcess {
  const program = `
    import { readdirSync } from 'node:fs'
    const { startEmbedded } = await import(${JSON.stringify(`file://${PROGRAM}`)})
    const say = (what) => console.log(JSON.stringify(what))
    try {
      const db = await startEmbedded({ dataDir: process.argv[1], log: (line) => say({ line }) })
      say({ ownerUrl: db.ownerUrl, servingUrl: db.servingUrl, pid: db.pid })
      setInterval(() => {}, 60_000)
      process.on('SIGTERM', () => db.stop().then(() => process.exit(0)))
    } catch (error) {
      let left = []
      try { left = readdirSync(process.argv[1]) } catch {}
      say({ line: error.message, exitCode: error.exitCode, left })
      process.exit(error.exitCode ?? 1)
    }`
  const node = [process.execPath, '--input-type=module', '-e', program, dataDir]
  const mounted = [
    'unshare',
    '--mount',
    'sh',
    '-c',
    `mount -t tmpfs -o size=${tmpfs} tmpfs "$1" && shift && exec "$@"`,
    'sh',
    dataDir,
    ...node,
  ]
  const [file = '', ...args] = tmpfs ? mounted : node
  const child = spawn(file, args, { uid, gid: uid, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  clearing.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  return child
}

async function startElsewhere(dataDir: string, how: Elsewhere = {}) {
  const child = spawnPlatform(dataDir, how)
  const said: string[] = []
  for await (const text of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const news = JSON.parse(text)
    if (news.line) said.push(news.line)
    if (news.exitCode) throw new Error(news.line)
    if (news.ownerUrl) return { ...(news as { ownerUrl: string; servingUrl: string; pid: number }), process: child, said }
  }
  throw new Error(`the platform ended early: ${said.join('\n')}`)
}

async function failElsewhere(dataDir: string, how: Elsewhere = {}) {
  const child = spawnPlatform(dataDir, how)
  let last = { line: '', left: [] as string[] }
  for await (const text of createInterface({ input: child.stdout as NodeJS.ReadableStream })) last = JSON.parse(text)
  const exitCode = child.exitCode ?? ((await once(child, 'exit'))[0] as number)
  return { ...last, exitCode }
}

/** A folder others may pass through; what a test leaves running in it has been ended before it goes. */
function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'linli-embedded-')))
  chmodSync(folder, 0o755)
  clearing.push(() => existsSync(folder) && rmSync(folder, { recursive: true, force: true }))
  return folder
}

function canMount(): boolean {
  return spawnSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end().catch(() => {})
  }
}
