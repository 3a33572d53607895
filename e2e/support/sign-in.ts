import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Demo, JourneyPlatform } from './platform-of-run.ts'
import type { Seat } from './seat.ts'

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>

/** Fills in the form of the page that is open, as a person does. */
export async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel(/^(账号|Account)$/).fill(account)
  await page.getByLabel(/^(密码|Password)$/).fill(password)
  await page.getByRole('button', { name: /^(登录|Sign in|打开大屏|Open the wall)$/ }).click()
}

/** What a browser keeps after this person signed in through the page; done again only when that session has ended. */
export async function signedInState(
  platform: JourneyPlatform,
  { account, password }: Demo['logins'][number],
  open: () => Promise<Seat>,
): Promise<StorageState> {
  const folder = join(platform.dataDir, 'journey-sessions')
  const file = join(folder, `${account}.json`)
  const kept = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as StorageState,
    () => undefined,
  )
  if (kept && (await isAlive(platform.url, kept))) return kept
  const { page, context } = await open()
  await page.goto('/workbench/sign-in')
  await signIn(page, account, password)
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  const state = await context.storageState()
  await context.close()
  await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify(state), { mode: 0o600 })
  return state
}

async function isAlive(url: string, state: StorageState): Promise<boolean> {
  const cookie = state.cookies?.map(({ name, value }) => `${name}=${value}`).join('; ') ?? ''
  const response = await fetch(`${url}/api/v1/me`, { headers: { cookie } })
  await response.arrayBuffer()
  return response.ok
}
