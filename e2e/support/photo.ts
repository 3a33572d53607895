import sharp from 'sharp'

export interface PhotoFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A photo as a phone takes it: JPEG, the place where it was taken in its EXIF block, and a maker's name that must not leak either. */
export async function takePhoto(at: { lon: number; lat: number }, shade = 120): Promise<PhotoFile> {
  const buffer = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: { r: shade, g: 150, b: 170 } } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="1600" height="1200"><circle cx="800" cy="640" r="330" fill="#333"/><path d="M560 640h480M800 400v480" stroke="#aaa" stroke-width="30"/></svg>',
        ),
      },
    ])
    .withExif({
      IFD0: { Make: 'Journey Camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: degrees(at.lat), GPSLongitudeRef: 'E', GPSLongitude: degrees(at.lon) },
    })
    .jpeg({ quality: 80 })
    .toBuffer()
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer }
}

/** Degrees, minutes and seconds as three EXIF fractions. */
function degrees(value: number): string {
  const whole = Math.floor(value)
  const minutes = Math.floor((value - whole) * 60)
  const seconds = Math.round((value - whole - minutes / 60) * 3600 * 1000)
  return `${whole}/1 ${minutes}/1 ${seconds}/1000`
}

/** True when a picture still carries anything about where, when or with what it was taken. */
export async function tellsItsOrigin(picture: Buffer): Promise<boolean> {
  const { exif, xmp, iptc } = await sharp(picture).metadata()
  return exif !== undefined || xmp !== undefined || iptc !== undefined || picture.includes('Journey Camera')
}
