import exifr from 'exifr'
import { fileTypeFromBuffer } from 'file-type'
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

/**
 * Makes an upload fit to keep. What it is follows from its content, never from its name. A picture is decoded and encoded anew, upright,
 * without any metadata (position, device, a second file hidden behind the image); where it was taken is read once before that.
 */
export async function prepareUpload(upload: Buffer): Promise<Prepared> {
  const type = await fileTypeFromBuffer(upload)
  if (type?.mime === 'application/pdf') return { mediaType: type.mime, bytes: checkedPdf(upload), thumbnail: null, width: null, height: null, position: null }
  if (!type || !pictures.has(type.mime)) throw FileError('type_refused', { detail: '只收 JPEG、PNG、WebP 照片和 PDF' })
  try {
    const { data, info } = await encode(sharp(upload, { limitInputPixels, failOn: 'error' }).rotate(), type.mime).toBuffer({ resolveWithObject: true })
    const thumbnail = await sharp(data).resize(thumbnailEdge, thumbnailEdge, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 70 }).toBuffer()
    return { mediaType: type.mime, bytes: data, thumbnail, width: info.width, height: info.height, position: await positionIn(upload) }
  } catch (error) {
    throw FileError('damaged', { detail: /pixel limit/i.test((error as Error).message) ? '照片的像素太多了' : '照片打不开，可能没传完整，请重新选' })
  }
}

function encode(picture: Sharp, mime: string): Sharp {
  const fitted = picture.resize(longestEdge, longestEdge, { fit: 'inside', withoutEnlargement: true })
  if (mime === 'image/png') return fitted.png()
  if (mime === 'image/webp') return fitted.webp({ quality: 85 })
  return fitted.jpeg({ quality: 85, mozjpeg: false })
}

/** A PDF must end as one; what runs when it is opened is refused. */
function checkedPdf(upload: Buffer): Buffer {
  const text = upload.toString('latin1')
  if (!text.slice(-2048).includes('%%EOF')) throw FileError('damaged', { detail: 'PDF 没传完整，请重新选' })
  if (/\/(JavaScript|JS|Launch|EmbeddedFile|OpenAction\s*<<[^>]*\/JS)\b/.test(text)) throw FileError('type_refused', { detail: '这份 PDF 带有脚本或附件，请另存为普通 PDF' })
  return upload
}

async function positionIn(upload: Buffer): Promise<Position | null> {
  const found = await exifr.gps(upload).catch(() => undefined)
  const isPlace = found && Math.abs(found.longitude) <= 180 && Math.abs(found.latitude) <= 90
  return isPlace ? { lon: found.longitude, lat: found.latitude } : null
}
