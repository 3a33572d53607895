import type { Locator, Page } from 'playwright-core'

/** The case that stands beside or instead of the list. */
export const caseOf = (page: Page): Locator => page.locator('article.wb-case')
export const movesOf = (page: Page): Locator => caseOf(page).getByRole('toolbar')
export const dialogOf = (page: Page): Locator => page.getByRole('dialog').filter({ has: page.locator('.wb-dialog-foot') })

/** The names of the steps that this post is offered, first choice first. */
export async function offeredMoves(page: Page): Promise<string[]> {
  await caseOf(page).locator('.wb-moves').waitFor()
  const names = await movesOf(page).getByRole('button').allInnerTexts()
  return names.map((name) => name.split('\n')[0]!.trim())
}

/** Opens the case at its own address. */
export async function openCase(page: Page, caseId: string): Promise<void> {
  await page.goto(`/workbench/cases/${caseId}`)
  await caseOf(page).waitFor()
}

/** Presses the step's button and answers with its dialog. */
export async function startMove(page: Page, name: string): Promise<Locator> {
  await movesOf(page).getByRole('button', { name }).click()
  const dialog = dialogOf(page)
  await dialog.waitFor()
  return dialog
}

/** Sends the open dialog from the keyboard and waits for its receipt in the log. */
export async function sendMove(page: Page): Promise<void> {
  const dialog = dialogOf(page)
  await dialog.locator('.wb-dialog-body').press('Control+Enter')
  await dialog.waitFor({ state: 'hidden' })
  await receiptOf(page).waitFor()
}

/** A step that one key does waits ten seconds to be taken back; this does not wait. */
export async function sendHeld(page: Page): Promise<void> {
  await heldOf(page).getByRole('button', { name: '现在就办' }).click()
  await receiptOf(page).waitFor()
}
export const heldOf = (page: Page): Locator => caseOf(page).locator('.wb-held')

/** "Recorded", as the page says it after a step. */
export const receiptOf = (page: Page): Locator => caseOf(page).locator('.wb-receipt')

/** Fills the field under a label of the open dialog. */
export async function fill(dialog: Locator, label: string, words: string): Promise<void> {
  await dialog.getByLabel(new RegExp(`^${label}`)).fill(words)
}

/** Chooses one answer of a group of the open dialog. */
export async function choose(dialog: Locator, group: string, answer: string): Promise<void> {
  await dialog
    .getByRole('group', { name: new RegExp(`^${group}`) })
    .getByText(answer, { exact: true })
    .click()
}

/**
 * Types an organization's name into the field of this label, of several the one at this place, and takes what is found. A form may begin
 * with the unit that is suggested: then there is nothing to type.
 */
export async function pickUnit(dialog: Locator, label: string, name: string, at = 0): Promise<void> {
  const field = dialog.getByRole('combobox', { name: new RegExp(`^${label}`) }).nth(at)
  if ((await field.inputValue()) === name) return
  await field.fill(name)
  await dialog
    .page()
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
}

/** At the counter: a word in the line of what it is about, and the first thing found that has this name. */
export async function pickMatter(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: '要办什么' }).fill(name)
  await page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
}
