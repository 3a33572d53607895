const soi = 0xffd8
const app1 = 0xffe1
const startOfScan = 0xffda
const orientationTag = 0x0112

/**
 * The picture made smaller, with the original's Exif block put back in front: the browser drops it when it draws,
 * and the server reads from it where the photo was taken (then strips it). The orientation becomes 1, for the pixels are upright now.
 */
export function keepExif(original: ArrayBuffer, smaller: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const block = exifBlock(original)
  const body = new Uint8Array(smaller)
  if (!block || new DataView(smaller).getUint16(0) !== soi) return body
  const whole = new Uint8Array(body.length + block.length)
  whole.set(body.subarray(0, 2))
  whole.set(block, 2)
  whole.set(body.subarray(2), 2 + block.length)
  return whole
}

/** A copy of the APP1 segment that holds Exif, upright; undefined when there is none. */
function exifBlock(jpeg: ArrayBuffer): Uint8Array | undefined {
  const view = new DataView(jpeg)
  if (view.byteLength < 4 || view.getUint16(0) !== soi) return undefined
  for (let at = 2; at + 10 <= view.byteLength; ) {
    const marker = view.getUint16(at)
    if (marker === startOfScan || marker >> 8 !== 0xff) return undefined
    const length = 2 + view.getUint16(at + 2)
    if (marker === app1 && view.getUint32(at + 4) === 0x45786966 && at + length <= view.byteLength) {
      const block = new Uint8Array(jpeg.slice(at, at + length))
      setUpright(block)
      return block
    }
    at += length
  }
  return undefined
}

/** Finds the orientation in the first directory of the TIFF part and makes it 1. */
function setUpright(block: Uint8Array<ArrayBuffer>): void {
  try {
    const tiff = new DataView(block.buffer, 10)
    const little = tiff.getUint16(0) === 0x4949
    const directory = tiff.getUint32(4, little)
    const entries = tiff.getUint16(directory, little)
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + 12 * i
      if (tiff.getUint16(entry, little) === orientationTag) tiff.setUint16(entry + 8, 1, little)
    }
  } catch {
    // A broken directory is the server's to refuse or ignore.
  }
}
