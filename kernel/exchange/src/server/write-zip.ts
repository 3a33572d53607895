import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

const deflated = 8
const utf8Names = 0x0800
/** 1980-01-01: a file's age is nobody's business, and the same rows give the same bytes. */
const noTime = 0x0021_0000
const largest = 0xffff_ffff

interface Entry {
  name: Buffer
  at: number
  crc: number
  packed: number
  size: number
}

/**
 * Writes a zip to an open file as its content comes: what waits in memory is a chunk. Sizes are written into the heads afterwards, so
 * that also readers which do not understand trailing descriptors can open it.
 */
export class ZipFile {
  readonly #file: FileHandle
  readonly #entries: Entry[] = []
  #at = 0
  constructor(file: FileHandle) {
    this.#file = file
  }

  async add(name: string, content: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const entry: Entry = { name: Buffer.from(name), at: this.#at, crc: 0, packed: 0, size: 0 }
    await this.#append(localHead(entry))
    const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        entry.crc = crc32(chunk, entry.crc)
        entry.size += chunk.length
        yield chunk
      }
    }
    await pipeline(
      Readable.from(bytesOf(content), { objectMode: true, highWaterMark: 1 }),
      counted,
      createDeflateRaw({ level: 6 }),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) {
          entry.packed += chunk.length
          await this.#append(chunk)
        }
      },
    )
    if (entry.size > largest || this.#at > largest) throw new RangeError('a zip without 64-bit sizes holds no more than 4 GB')
    const head = localHead(entry)
    await this.#file.write(head, 0, head.length, entry.at)
    this.#entries.push(entry)
  }

  /** The list of contents; nothing can be added after it. */
  async end(): Promise<void> {
    const from = this.#at
    for (const entry of this.#entries) await this.#append(centralHead(entry))
    const tail = Buffer.alloc(22)
    tail.writeUInt32LE(0x0605_4b50, 0)
    tail.writeUInt16LE(this.#entries.length, 8)
    tail.writeUInt16LE(this.#entries.length, 10)
    tail.writeUInt32LE(this.#at - from, 12)
    tail.writeUInt32LE(from, 16)
    await this.#append(tail)
  }

  async #append(bytes: Buffer): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, this.#at)
    this.#at += bytes.length
  }
}

async function* bytesOf(content: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of content) yield Buffer.from(text)
}

function localHead({ name, crc, packed, size }: Entry): Buffer {
  const head = Buffer.alloc(30 + name.length)
  head.writeUInt32LE(0x0403_4b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(utf8Names, 6)
  head.writeUInt16LE(deflated, 8)
  head.writeUInt32LE(noTime, 10)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(packed, 18)
  head.writeUInt32LE(size, 22)
  head.writeUInt16LE(name.length, 26)
  name.copy(head, 30)
  return head
}

function centralHead({ name, at, crc, packed, size }: Entry): Buffer {
  const head = Buffer.alloc(46 + name.length)
  head.writeUInt32LE(0x0201_4b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(20, 6)
  head.writeUInt16LE(utf8Names, 8)
  head.writeUInt16LE(deflated, 10)
  head.writeUInt32LE(noTime, 12)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packed, 20)
  head.writeUInt32LE(size, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE(at, 42)
  name.copy(head, 46)
  return head
}
