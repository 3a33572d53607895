import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anActor, testDatabase } from '../../testing/index.ts'
import { sql } from '../sql.ts'
import { openVault } from './open-vault.ts'
import { createPersonKey, erasePerson, loadPersonKey } from './person-keys.ts'

let dataDir: string
let keyFile: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'linli-keys-'))
  keyFile = join(dataDir, 'keys', 'master.key')
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('the first start makes a key of its owner alone, and later starts use it', async () => {
  const sealed = (await openVault(dataDir)).seal('老王')
  expect([statSync(keyFile).size, statSync(keyFile).mode & 0o777, statSync(join(dataDir, 'keys')).mode & 0o777]).toEqual([32, 0o600, 0o700])
  expect(readdirSync(join(dataDir, 'keys'))).toEqual(['master.key'])
  expect((await openVault(dataDir)).open(sealed)).toBe('老王')
})

test('of many processes starting together all use one key', async () => {
  const program = `import { openVault } from ${JSON.stringify(fileURLToPath(new URL('open-vault.ts', import.meta.url)))}
    console.log((await openVault(process.argv[1])).keyedHash('phone', '19999990000').toString('hex'))`
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, dataDir])
  const hashes = (await Promise.all(Array.from({ length: 4 }, run))).map(({ stdout }) => stdout.trim())
  expect(new Set(hashes).size).toBe(1)
  expect(readdirSync(join(dataDir, 'keys'))).toEqual(['master.key'])
})

test('a key of another length or open to others is refused in one line, and left as it is', async () => {
  await openVault(dataDir)
  chmodSync(keyFile, 0o640)
  await expect(openVault(dataDir)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^.*master\.key can be read by others.*$/),
  })
  chmodSync(keyFile, 0o600)
  truncateSync(keyFile, 31)
  await expect(openVault(dataDir)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^.*not a master key \(31 bytes, not 32\).*$/),
  })
  expect(readFileSync(keyFile)).toHaveLength(31)
})

test('a folder that cannot hold a key is refused in one line', async () => {
  writeFileSync(join(dataDir, 'keys'), 'a file where the folder should be')
  await expect(openVault(dataDir)).rejects.toMatchObject({ exitCode: expect.any(Number), message: expect.not.stringContaining('\n') })
})

test('what a person said can be read with their key until they are erased, and by nobody who has the table alone [SEC-01] (erasure by key)', async () => {
  const db = await testDatabase({ through: 'base' })
  const vault = await openVault(dataDir)
  const { keyId, key } = await db.as(anActor(), (ctx) => createPersonKey(ctx, vault))
  const sealed = vault.seal('19999990000', key)
  const load = () => db.system((ctx) => loadPersonKey(ctx, vault, keyId))
  expect(vault.open(sealed, await load())).toBe('19999990000')
  const [row] = await db.superuser<{ wrapped_key: Buffer }>(sql`SELECT wrapped_key FROM base.person_key WHERE key_id = ${keyId}`)
  expect(row!.wrapped_key.includes(key)).toBe(false)
  const stranger = await openVault(mkdtempSync(join(dataDir, 'other-')))
  expect(() => stranger.unwrap(row!.wrapped_key)).toThrow()

  await db.system((ctx) => erasePerson(ctx, keyId))
  expect(await load()).toBeUndefined()
  expect(() => vault.open(sealed)).toThrow()
  await db.close()
})

test('a sealed value that was changed in the database is refused, not read', async () => {
  const vault = await openVault(dataDir)
  const sealed = vault.seal('19999990000')
  for (let at = 0; at < sealed.length; at += 7) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => vault.open(changed)).toThrow()
  }
})
