import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepExif } from './exif.ts'

const orientation = 0x0112

/** A JPEG as far as this matters: start, an optional Exif segment with one directory, some scan data. */
function jpeg({ turned, little = true, first }: { turned?: number; little?: boolean; first?: number[] } = {}): ArrayBuffer {
  const bytes = [0xff, 0xd8, ...(first ?? [])]
  if (turned !== undefined) {
    const tiff = new DataView(new ArrayBuffer(8 + 2 + 24 + 4))
    tiff.setUint16(0, little ? 0x4949 : 0x4d4d)
    tiff.setUint16(2, 42, little)
    tiff.setUint32(4, 8, little)
    tiff.setUint16(8, 2, little)
    for (const [index, tag, value] of [
      [0, 0x010f, 7],
      [1, orientation, turned],
    ] as const) {
      const at = 10 + 12 * index
      tiff.setUint16(at, tag, little)
      tiff.setUint16(at + 2, 3, little)
      tiff.setUint32(at + 4, 1, little)
      tiff.setUint16(at + 8, value, little)
    }
    const payload = [0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer)]
    bytes.push(0xff, 0xe1, (payload.length + 2) >> 8, (payload.length + 2) & 0xff, ...payload)
  }
  bytes.push(0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9)
  return new Uint8Array(bytes).buffer
}

/** Value of a tag in the first directory of the Exif block that stands right behind the start. */
function tagOf(whole: Uint8Array<ArrayBuffer>, tag: number): number | undefined {
  const view = new DataView(whole.buffer, 12)
  const little = view.getUint16(0) === 0x4949
  for (let i = 0; i < view.getUint16(8, little); i++) {
    if (view.getUint16(10 + 12 * i, little) === tag) return view.getUint16(10 + 12 * i + 8, little)
  }
  return undefined
}

const smaller = jpeg()

test.each([true, false])('a photo made smaller keeps the Exif block of the original, upright (little endian: %s)', (little) => {
  const whole = keepExif(jpeg({ turned: 6, little }), smaller)
  expect(tagOf(whole, 0x010f)).toBe(7)
  expect(tagOf(whole, orientation)).toBe(1)
})

test('what the smaller picture consists of follows unchanged', () => {
  const whole = keepExif(jpeg({ turned: 1 }), smaller)
  const added = whole.length - smaller.byteLength
  expect(added).toBe(jpeg({ turned: 1 }).byteLength - smaller.byteLength)
  expect([...whole.subarray(2 + added)]).toEqual([...new Uint8Array(smaller).subarray(2)])
})

test('the block is found behind another segment', () => {
  const jfif = [0xff, 0xe0, 0, 4, 9, 9]
  expect(tagOf(keepExif(jpeg({ turned: 3, first: jfif }), smaller), orientation)).toBe(1)
})

test('a picture without Exif, or no JPEG at all, is left as it is', () => {
  expect([...keepExif(jpeg(), smaller)]).toEqual([...new Uint8Array(smaller)])
  expect([...keepExif(new Uint8Array([0x89, 0x50, 0x4e, 0x47]).buffer, smaller)]).toEqual([...new Uint8Array(smaller)])
  expect([...keepExif(new ArrayBuffer(3), smaller)]).toEqual([...new Uint8Array(smaller)])
})

test('no broken original ever fails or harms the smaller picture', () => {
  const good = new Uint8Array(jpeg({ turned: 6 }))
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, cut) => {
      const broken = good.slice(0, cut)
      if (at < broken.length) broken[at] = value
      const whole = keepExif(broken.buffer, smaller)
      return [...whole.subarray(-6)].join() === [...new Uint8Array(smaller).subarray(-6)].join()
    }),
    { numRuns: 2000 },
  )
})
