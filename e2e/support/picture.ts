import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
/** Most are half of it; with fewer colors the green of a clock would be gray. */
const most = 150_000

/** The names that `npm run screenshots` asks for; none in an ordinary run, which proves and writes nothing. */
const asked = new Set(process.env.LINLI_PICTURES?.split(' ').filter(Boolean))
export const takesPictures = asked.size > 0

/**
 * Keeps what the page shows now as a picture of README and guide, when it is asked for. Its name stands nowhere but in this call and where the
 * picture is shown, so that no guide shows a page which no journey reached (`scripts/check/pictures.ts`).
 */
export async function picture(page: Page, name: string): Promise<void> {
  if (!asked.has(name)) return
  await settle(page)
  const raw = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.png`), await shrink(raw))
}

async function settle(page: Page): Promise<void> {
  // Nothing under the pointer, or it looks chosen.
  await page.mouse.move(0, 0)
  await page
    .locator('.wb-waiting')
    .or(page.getByText(/^(正在打开…|Opening…)$/))
    .first()
    .waitFor({ state: 'hidden' })
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.allSettled([...document.images].filter((image) => image.loading !== 'lazy').map((image) => image.decode()))
  })
}

/** Pages are flat: few colors are enough, and fewer where that is not small enough. */
async function shrink(raw: Buffer): Promise<Buffer> {
  for (const colors of [128, 64, 32]) {
    const small = await sharp(raw).png({ palette: true, colors, effort: 10, compressionLevel: 9 }).toBuffer()
    if (small.length <= most) return small
  }
  return sharp(raw).png({ palette: true, colors: 16, effort: 10, compressionLevel: 9 }).toBuffer()
}
