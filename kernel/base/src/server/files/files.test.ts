import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import exifr from 'exifr'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '../../define/ids.ts'
import { anActor, type TestDatabase, testDatabase, testHttp } from '../../testing/index.ts'
import { publicActor } from '../actor.ts'
import { type FileStore, openFileStore } from './file-store.ts'
import { adoptFiles, findOwnedFile, sweepFiles } from './keep-files.ts'
import { sendFile } from './send-file.ts'
import { uploadRoute } from './upload-file.ts'

let db: TestDatabase
let folder: string
let store: FileStore
let app: FastifyInstance

beforeAll(async () => {
  db = await testDatabase({ through: 'base' })
})
afterAll(() => db.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-files-'))
  await useStore(join(folder, 'files'))
})
afterEach(async () => {
  await app.close()
  await db.superuser('TRUNCATE base.file')
  rmSync(folder, { recursive: true, force: true })
})

test('a photo is kept upright and without metadata, and where it was taken is read once before', async () => {
  const photo = await sharp(noise(640, 480))
    .withExif({
      IFD0: { Make: 'Phone of Wang' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 15/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '120/1 30/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const upload = (await send(photo)).json()
  expect(upload).toMatchObject({ mediaType: 'image/jpeg', width: 480, height: 640, position: { lon: 120.5, lat: 30.25 } })
  const kept = await bytesOf(upload.id, 'full')
  expect(kept).toHaveLength(upload.bytes)
  expect(await exifr.parse(kept, true).catch(() => undefined)).toSatisfy((found) => !found?.latitude && !found?.Make)
  expect(kept.includes('Phone of Wang')).toBe(false)
  const thumbnail = await sharp(await bytesOf(upload.id, 'thumb')).metadata()
  expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['webp', 240, 320])
})

test('what a file is follows from its content, whatever it is called', async () => {
  const png = await sharp(noise(20, 10)).png().toBuffer()
  const webp = await sharp(noise(20, 10)).webp().toBuffer()
  for (const [bytes, mediaType] of [
    [png, 'image/png'],
    [webp, 'image/webp'],
    [aPdf(), 'application/pdf'],
  ] as const) {
    const answer = await send(bytes, { name: '../../etc/passwd.exe', type: 'text/html' })
    expect([answer.statusCode, answer.json().mediaType]).toEqual([201, mediaType])
  }
  expect(readdirSync(folder)).toEqual(['files'])
})

const refused: [what: string, bytes: string | Buffer][] = [
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['an SVG behind an XML header', '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'],
  ['a web page', '<!doctype html><script>alert(1)</script>'],
  ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
  ['a ZIP', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
  ['a program', Buffer.from('7f454c460201010000000000000000000200', 'hex')],
  ['nothing', ''],
  ['a PDF with a script', aPdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')],
  ['a PDF with a script in disguise', aPdf('/OpenAction << /S /J#61va#53cript >>')],
  ['a PDF with a file inside', aPdf('/EmbeddedFile')],
  ['a PDF with something behind it', Buffer.concat([aPdf(), Buffer.from('PK\x05\x06zipped')])],
]

test.each(refused)('%s is refused and leaves nothing behind', async (_, bytes) => {
  expect((await send(bytes)).json()).toMatchObject({ status: 415, code: 'file.type_refused' })
  await expectNothingKept()
})

test('a picture that hides another file behind it is kept without that file', async () => {
  const jpeg = await sharp(noise(64, 64)).jpeg().toBuffer()
  const { id } = (await send(Buffer.concat([jpeg, Buffer.from('PK\x03\x04<script>alert(1)</script>')]))).json()
  expect((await bytesOf(id, 'full')).includes('<script>')).toBe(false)
})

test('a bomb of pixels is refused before it is unpacked', async () => {
  const bomb = aPngOf(30_000, 30_000)
  expect(bomb.length).toBeLessThan(2_000_000)
  const before = process.memoryUsage().rss
  const start = performance.now()
  expect((await send(bomb)).json()).toMatchObject({ status: 422, code: 'file.damaged' })
  expect(performance.now() - start).toBeLessThan(3000)
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  await expectNothingKept()
})

test('too large, none, two or no form at all: each is said as what it is', async () => {
  const large = Buffer.concat([await sharp(noise(8, 8)).jpeg().toBuffer(), Buffer.alloc(10 * 1024 * 1024)])
  expect((await send(large)).json()).toMatchObject({ status: 413, code: 'file.too_large' })
  const form = new FormData()
  form.append('note', 'no file')
  expect((await app.inject({ method: 'POST', url, payload: form })).json()).toMatchObject({ status: 400, code: 'file.missing' })
  for (let i = 0; i < 2; i++) form.append('file', new Blob([await sharp(noise(8, 8)).jpeg().toBuffer()]), 'a.jpg')
  expect((await app.inject({ method: 'POST', url, payload: form })).json()).toMatchObject({ status: 413, code: 'file.too_large' })
  expect((await app.inject({ method: 'POST', url, payload: { file: 'x' } })).json()).toMatchObject({ status: 400, code: 'file.missing' })
  await expectNothingKept()
})

test('an upload cut off anywhere leaves neither bytes nor row', async () => {
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const body = await formOf(await sharp(noise(400, 300)).jpeg().toBuffer())
  const whole = Buffer.concat([
    Buffer.from(`POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-type: ${body.type}\r\ncontent-length: ${body.bytes.length}\r\n\r\n`),
    body.bytes,
  ])
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 1 }), fc.boolean(), async (cut, abruptly) => {
      const socket = connect(Number(port), '127.0.0.1')
      socket.on('error', () => {})
      socket.write(whole.subarray(0, cut), () => (abruptly ? socket.resetAndDestroy() : socket.end()))
      socket.resume()
      await once(socket, 'close')
    }),
    {
      numRuns: 100,
      examples: [
        [whole.length - 1, false],
        [whole.length - 1, true],
        [whole.length - 3, false],
      ],
    },
  )
  await until(expectNothingKept)
  const id = await anUpload()
  expect(await db.superuser('SELECT file_id FROM base.file')).toEqual([{ file_id: id }])
  expect(filesOnDisk().every((path) => path.includes(id))).toBe(true)
})

test('damaged and made-up bytes are refused, never an error of ours', async () => {
  const good = await sharp(noise(60, 40)).jpeg().toBuffer()
  const spoiled = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }).map((changes) => {
    const bytes = Buffer.from(good)
    for (const [at, value] of changes) bytes[at] = value
    return bytes
  })
  const cut = fc.nat(good.length - 1).map((length) => good.subarray(0, length))
  const headed = fc.tuple(
    fc.constantFrom('ffd8ffe0', '89504e470d0a1a0a', '52494646ffffffff57454250', '255044462d'),
    fc.uint8Array({ maxLength: 400 }),
  )
  const made = headed.map(([head, tail]) => Buffer.concat([Buffer.from(head, 'hex'), tail]))
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoiled, cut, made), async (bytes) => {
      expect((await send(bytes)).statusCode).toBeOneOf([201, 415, 422])
    }),
    { numRuns: 250 },
  )
}, 60_000)

test('when the row cannot be written, the bytes go too', async () => {
  await db.superuser('ALTER TABLE base.file ADD CONSTRAINT refuse_all CHECK (bytes < 0)')
  try {
    expect((await send(await sharp(noise(8, 8)).jpeg().toBuffer())).statusCode).toBe(500)
  } finally {
    await db.superuser('ALTER TABLE base.file DROP CONSTRAINT refuse_all')
  }
  await expectNothingKept()
})

const canMount = process.getuid?.() === 0 && process.platform === 'linux' && tryMount()

test.runIf(canMount)('a full disk is said as such, nothing is half kept, and with room again it goes on', async () => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
  try {
    await useStore(join(disk, 'files'))
    const photo = await sharp(noise(500, 500)).png().toBuffer()
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(900_000))
    const full = await send(photo)
    expect(full.json()).toMatchObject({ status: 503, code: 'file.no_room' })
    expect(full.headers['retry-after']).toBeDefined()
    await expectNothingKept()
    rmSync(join(disk, 'ballast'))
    // Room for what comes in, not for what is to be kept as well.
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, 1_000_000 - Math.round(photo.length * 1.5))))
    expect((await send(photo)).json()).toMatchObject({ status: 503, code: 'file.no_room' })
    await expectNothingKept()
    rmSync(join(disk, 'ballast'))
    expect((await send(await sharp(noise(100, 100)).jpeg().toBuffer())).statusCode).toBe(201)
  } finally {
    execFileSync('umount', [disk])
  }
})

test('uploads are adopted all or none, once, and read through their owner only', async () => {
  const [one, two, three] = [await anUpload(), await anUpload(), await anUpload()]
  const owner = { ownerKind: 'lamp', ownerId: newId(), areaPath: '/1/' }
  const adopt = (fileIds: string[], owned = owner, actor = publicActor) => db.as(actor, (ctx) => adoptFiles(ctx, { fileIds, ...owned }))
  const adoptOrUndo = (fileIds: string[], owned = owner) =>
    db.as(publicActor, async (ctx) => {
      if (!(await adoptFiles(ctx, { fileIds, ...owned }))) throw new Error('undone')
    })
  expect(await adopt([one, one])).toBe(true)
  expect(await adopt([one])).toBe(true)
  await expect(adoptOrUndo([two, newId()])).rejects.toThrow('undone')
  await expect(adoptOrUndo([one, three], { ...owner, ownerId: newId() })).rejects.toThrow('undone')
  await expect(adoptOrUndo([one], { ...owner, ownerKind: 'bench' })).rejects.toThrow('undone')
  expect(await adopt([two], owner, anActor())).toBe(true)
  const find = (id: string, ownerId: string) => db.system((ctx) => findOwnedFile(ctx, id, 'lamp', ownerId))
  expect(await find(one, owner.ownerId)).toMatchObject({ fileId: one, mediaType: 'image/jpeg' })
  expect(await find(one, newId())).toBeUndefined()
  expect(await find(three, owner.ownerId)).toBeUndefined()
})

test('a file is sent so that nothing in it can run', async () => {
  const picture = await anUpload()
  const pdf = (await send(aPdf())).json().id
  const lamp = newId()
  await db.as(publicActor, (ctx) => adoptFiles(ctx, { fileIds: [picture, pdf], ownerKind: 'lamp', ownerId: lamp, areaPath: '/1/' }))
  const get = (path: string) => app.inject({ url: `/files/${lamp}/${path}` })
  const full = await get(`${picture}/full`)
  expect(full.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-length': String(full.rawPayload.length),
  })
  expect((await sharp(full.rawPayload).metadata()).format).toBe('jpeg')
  expect((await get(`${picture}/thumb`)).headers['content-type']).toBe('image/webp')
  expect((await get(`${pdf}/full`)).headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${pdf}.pdf"`,
  })
  expect((await get(`${pdf}/thumb`)).statusCode).toBe(404)
})

test('the sweep takes what nobody adopted within a day and bytes that no row knows, and nothing else', async () => {
  const [adopted, orphan, lost] = [await anUpload(), await anUpload(), await anUpload()]
  await db.as(publicActor, (ctx) => adoptFiles(ctx, { fileIds: [adopted], ownerKind: 'lamp', ownerId: newId(), areaPath: '/1/' }))
  await db.superuser(`DELETE FROM base.file WHERE file_id = '${lost}'`)
  const leftover = join(folder, 'files', 'incoming', 'cut.part')
  writeFileSync(leftover, 'half')
  expect(await sweepFiles(db.deps, store)).toBe(0)
  db.clock.advance(25 * 3_600_000)
  const fresh = await anUpload()
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
  for (const path of filesOnDisk().filter((path) => !path.includes(fresh))) utimesSync(path, twoDaysAgo, twoDaysAgo)
  expect(await sweepFiles(db.deps, store)).toBe(4)
  expect(new Set(filesOnDisk().map((path) => path.split('/').at(-1)!.slice(0, 36)))).toEqual(new Set([adopted, fresh]))
  expect(await db.superuser('SELECT file_id FROM base.file ORDER BY 1')).toEqual([adopted, fresh].sort().map((file_id) => ({ file_id })))
  expect(orphan).toBeDefined()
})

test('the interface description lists the upload', async () => {
  const { paths } = app.swagger() as { paths: Record<string, unknown> }
  expect(Object.keys(paths)).toContain(url)
})

/** Cut connections are noticed when the server gets to it. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000 })

const url = '/api/v1/public/uploads'

async function useStore(path: string): Promise<void> {
  await app?.close()
  store = openFileStore(path)
  app = await testHttp((http) => {
    uploadRoute(http, db.deps, store)
    http.get<{ Params: { lamp: string; id: string; variant: 'full' | 'thumb' } }>(
      '/files/:lamp/:id/:variant',
      async ({ params }, reply) => {
        const file = await db.system((ctx) => findOwnedFile(ctx, params.id, 'lamp', params.lamp))
        return sendFile(reply, store, file!, params.variant)
      },
    )
  })
}

async function send(bytes: string | Buffer, { name = 'photo.jpg', type = 'image/jpeg' } = {}) {
  // The endpoint allows a handful a minute; a test is in more of a hurry.
  db.deps.limiter.buckets.clear()
  const form = new FormData()
  form.append('file', new Blob([bytes as BlobPart], { type }), name)
  return app.inject({ method: 'POST', url, payload: form })
}

async function anUpload(): Promise<string> {
  const answer = await send(await sharp(noise(32, 32)).jpeg().toBuffer())
  expect(answer.statusCode).toBe(201)
  return answer.json().id
}

async function formOf(bytes: Buffer): Promise<{ type: string; bytes: Buffer }> {
  const form = new FormData()
  form.append('file', new Blob([bytes as BlobPart]), 'photo.jpg')
  const response = new Response(form)
  return { type: response.headers.get('content-type')!, bytes: Buffer.from(await response.arrayBuffer()) }
}

async function bytesOf(id: string, variant: 'full' | 'thumb'): Promise<Buffer> {
  const found = await store.read(id, variant)
  return Buffer.concat(await found!.stream.toArray())
}

function filesOnDisk(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => !path.endsWith('ballast') && statSync(path).isFile())
}

async function expectNothingKept(): Promise<void> {
  expect(filesOnDisk()).toEqual([])
  expect(await db.superuser('SELECT file_id FROM base.file')).toEqual([])
}

/** Every pixel another color, so that it does not compress. */
function noise(width: number, height: number) {
  return { create: { width, height, channels: 3 as const, background: '#888', noise: { type: 'gaussian' as const, mean: 128, sigma: 60 } } }
}

function aPdf(extra = ''): Buffer {
  return Buffer.from(`%PDF-1.4\n1 0 obj << /Type /Catalog ${extra} >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`)
}

/** A valid PNG of one color, of any size, in next to no bytes. */
function aPngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), framed.length - 4)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc(height * (Math.ceil(width / 8) + 1)))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function tryMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'linli-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' })
    execFileSync('umount', [probe])
    return true
  } catch {
    return false
  } finally {
    rmSync(probe, { recursive: true })
  }
}
