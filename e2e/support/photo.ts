import sharp from 'sharp'

export interface PhotoFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A ceiling that water came through. */
const stain = `<svg width="1600" height="1200"><defs><radialGradient id="wet">
<stop offset="0" stop-color="#6b5a3c" stop-opacity=".75"/><stop offset=".7" stop-color="#8a7448" stop-opacity=".45"/>
<stop offset=".86" stop-color="#6b5226" stop-opacity=".6"/><stop offset="1" stop-color="#8a7448" stop-opacity="0"/></radialGradient></defs>
<path d="M0 1010h1600v190H0z" fill="#7d7a70"/><path d="M0 1010h1600" stroke="#5b584f" stroke-width="14"/>
<ellipse cx="760" cy="470" rx="520" ry="300" fill="url(#wet)"/><ellipse cx="1090" cy="640" rx="260" ry="170" fill="url(#wet)"/>
<path d="M700 200l60 150-50 120 70 160-30 130" fill="none" stroke="#4b4334" stroke-width="9"/></svg>`

/** A photo as a phone takes it: JPEG, the place where it was taken in its EXIF block, and a maker's name that must not leak either. */
export async function takePhoto(at: { lon: number; lat: number }, shade = 120): Promise<PhotoFile> {
  const wall = `rgb(${shade + 90},${shade + 84},${shade + 70})`
  const buffer = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: wall } })
    .composite([{ input: Buffer.from(stain) }])
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
