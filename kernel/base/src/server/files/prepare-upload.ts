import { readFile } from 'node:fs/promises'
import exifr from 'exifr'
import { fileTypeFromFile } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import type { Position } from '../../contract/scalars.ts'
import { FileError } from './file-error.ts'

export interface Prepared {
  mediaType: string
  bytes: Buffer
  thumbnail: Buffer | null
  width: number | null
  height: number | null
  position: Position | null
}

const pictures = new Set(['image/jpeg', 'image/png', 'image/webp'])
/** 50 megapixels: more than a phone takes, less than a bomb needs. */
const limitInputPixels = 50_000_000
const longestEdge = 2560
const thumbnailEdge = 320

// One picture, one thread and no memory of the last ones: the machine has other things to do.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Makes an upload fit to keep. What it is follows from its content, never from its name. A picture is decoded and encoded anew, upright,
 * without any metadata (position, device, a second file hidden behind the image); where it was taken is read once before that.
 */
export async function prepareUpload(path: string): Promise<Prepared> {
  const type = await fileTypeFromFile(path)
  if (type?.mime === 'application/pdf') return preparePdf(await readFile(path))
  if (!type || !pictures.has(type.mime)) throw FileError('type_refused')
  try {
    const { data, info } = await encode(sharp(path, { limitInputPixels, failOn: 'error' }).rotate(), type.mime).toBuffer({
      resolveWithObject: true,
    })
    const thumbnail = await sharp(data)
      .resize(thumbnailEdge, thumbnailEdge, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer()
    return { mediaType: type.mime, bytes: data, thumbnail, width: info.width, height: info.height, position: await positionIn(path) }
  } catch (error) {
    throw FileError('damaged', {
      detail: /pixel limit/i.test((error as Error).message) ? '照片的像素太多了' : '照片打不开，可能没传完整，请重新选',
    })
  }
}

function encode(picture: Sharp, mime: string): Sharp {
  const fitted = picture.resize(longestEdge, longestEdge, { fit: 'inside', withoutEnlargement: true })
  if (mime === 'image/png') return fitted.png()
  if (mime === 'image/webp') return fitted.webp({ quality: 85 })
  return fitted.jpeg({ quality: 85 })
}

/** A PDF is kept as it came, so it must end as one with nothing behind it, and nothing in it may run when it is opened. */
function preparePdf(bytes: Buffer): Prepared {
  const text = bytes.toString('latin1')
  const end = text.lastIndexOf('%%EOF')
  if (end < 0) throw FileError('damaged', { detail: 'PDF 没传完整，请重新选' })
  const isAlone = text.slice(end + 5).trim() === '' && text.startsWith('%PDF-')
  // Names may be written with hexadecimal escapes: /J#61vaScript.
  const names = text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  if (!isAlone || /\/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b/.test(names)) {
    throw FileError('type_refused', { detail: '这份 PDF 带有脚本、附件或别的内容，请另存为普通 PDF' })
  }
  return { mediaType: 'application/pdf', bytes, thumbnail: null, width: null, height: null, position: null }
}

async function positionIn(path: string): Promise<Position | null> {
  const found = await exifr.gps(path).catch(() => undefined)
  const isPlace = found && Math.abs(found.longitude) <= 180 && Math.abs(found.latitude) <= 90
  return isPlace ? { lon: found.longitude, lat: found.latitude } : null
}
