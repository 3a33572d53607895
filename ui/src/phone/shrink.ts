import { keepExif } from './exif.ts'

const longest = 1600
const quality = 0.82

export interface ShrinkOptions {
  /** Whether the picture may go on saying where it was taken; true where the place of a report is read from it. */
  keepsPlace?: boolean
}

/** A photo at most 1600 pixels long, as JPEG, decoded off the main thread. What the browser cannot draw (HEIC) goes as it is: the server judges by content. */
export async function shrinkPhoto(file: Blob, { keepsPlace = true }: ShrinkOptions = {}): Promise<Blob> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const share = Math.min(1, longest / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * share))
    const height = Math.max(1, Math.round(bitmap.height * share))
    const smaller = await draw(bitmap, width, height)
    bitmap.close()
    if (!smaller) return file
    if (!keepsPlace) return smaller
    const whole = new Blob([keepExif(await file.arrayBuffer(), await smaller.arrayBuffer())], { type: 'image/jpeg' })
    return share === 1 && whole.size >= file.size ? file : whole
  } catch {
    return file
  }
}

async function draw(bitmap: ImageBitmap, width: number, height: number): Promise<Blob | null> {
  if (typeof OffscreenCanvas === 'function') {
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
    return await canvas.convertToBlob({ type: 'image/jpeg', quality })
  }
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height)
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
}
