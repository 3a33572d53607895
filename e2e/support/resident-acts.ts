import type { Page } from 'playwright-core'
import type { Filed } from './api.ts'
import type { PhotoFile } from './photo.ts'

/** Chooses the community from the list that the doorplate opens. */
export async function chooseCommunity(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: /^(选社区|Choose)/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Gives the camera input of the page a photo and waits until it has arrived. */
export async function addPhoto(page: Page, photo: PhotoFile): Promise<void> {
  const uploaded = page.waitForResponse((response) => response.url().endsWith('/public/uploads'))
  await page.locator('input[type=file][capture]').setInputFiles(photo)
  await uploaded
}

/** Number and last four digits, as the receipt on the page shows them. */
export async function readReceipt(page: Page): Promise<Filed> {
  await page.waitForURL(/\/resident\/sent\//)
  const value = async (term: RegExp): Promise<string> => {
    const text = await page
      .locator('.receipt dl > div')
      .filter({ has: page.locator('dt', { hasText: term }) })
      .locator('dd')
      .innerText()
    return text.trim()
  }
  const number = await value(/^(编号|Number)$/)
  const [tail = ''] = /\d{4}/.exec(await value(/^(后四位|Last four.*)$/)) ?? []
  return { number, tail, code: await value(/^(评价码|Rating code)$/) }
}

/** The steps that the resident is shown, oldest first. */
export async function readSteps(page: Page): Promise<string[]> {
  return page.locator('.tl > li .tl-head > span').allInnerTexts()
}
