import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../harness/launch-browser.ts'

/** A person at the workbench, in a browser. */
export interface DeskPage {
  /** From the button of the list to the file, asked for with this purpose: what the bar showed on the way, and the file. */
  takeAlong(address: string, purpose: string): Promise<{ exportId: string; progress: number[]; bytes: Buffer }>
  /** Asks for the list and presses cancel as soon as `isInTheMiddle`; answers what the page then says of it. */
  askAndCancel(
    address: string,
    purpose: string,
    isInTheMiddle: (exportId: string) => Promise<void>,
  ): Promise<{ exportId: string; state: string }>
  /** What went wrong on the page. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** Signs in through the page, as a person does. */
export async function openDeskPage(url: string, { account, password }: { account: string; password: string }): Promise<DeskPage> {
  const browser: Browser = await launchBrowser()
  const context = await browser.newContext({
    baseURL: url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`))
  page.on('response', (response) => {
    const isAskedWho = response.status() === 401 && response.url().endsWith('/api/v1/me')
    // Who cancels what has just become done is told so.
    const isLate = response.status() === 409 && response.url().endsWith('/cancel')
    if (response.status() >= 400 && !isAskedWho && !isLate) complaints.push(`${response.status()} ${response.url()}`)
  })
  await page.goto('/workbench/sign-in')
  await page.getByLabel('账号', { exact: true }).fill(account)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((at) => !at.pathname.endsWith('/sign-in'))

  return {
    complaints,
    async takeAlong(address, purpose) {
      const exportId = await ask(page, address, purpose)
      const item = page.getByRole('listitem').filter({ hasText: purpose })
      const progress = await watchBar(page, purpose)
      const [download] = await Promise.all([page.waitForEvent('download'), item.getByRole('link', { name: /^下载/ }).click()])
      const chunks: Buffer[] = []
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
      return { exportId, progress, bytes: Buffer.concat(chunks) }
    },
    async askAndCancel(address, purpose, isInTheMiddle) {
      const exportId = await ask(page, address, purpose)
      const item = page.getByRole('listitem').filter({ hasText: purpose })
      await item.waitFor()
      await isInTheMiddle(exportId)
      // A short list may be there before anybody can press anything.
      await item
        .getByRole('button', { name: /^取消/ })
        .click({ timeout: 2000 })
        .catch(() => {})
      await page.locator('.wb-exports > li:not([data-state="queued"], [data-state="running"])', { hasText: purpose }).waitFor()
      return { exportId, state: (await item.locator('.wb-export-state b').textContent()) ?? '' }
    },
    close: () => browser.close(),
  }
}

/** The button above the list, the purpose, and over to the download center. */
async function ask(page: Page, address: string, purpose: string): Promise<string> {
  await page.goto(`/workbench/${address}`)
  await page.getByRole('button', { name: '导出' }).click()
  const dialog = page.getByRole('dialog', { name: '导出这个列表' })
  await dialog.getByLabel('用途').fill(purpose)
  const asked = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/api/v1/exports'))
  await page.keyboard.press('Control+Enter')
  const { exportId } = (await (await asked).json()) as { exportId: string }
  await dialog.getByRole('link', { name: '去下载中心' }).click()
  return exportId
}

/** Every value that the bar of this export shows until it is done. */
function watchBar(page: Page, purpose: string): Promise<number[]> {
  return page.evaluate(
    (words) =>
      new Promise<number[]>((resolve) => {
        const seen = new Set<number>()
        const look = (): void => {
          const item = [...document.querySelectorAll('.wb-exports > li')].find((one) => one.textContent?.includes(words))
          const bar = item?.querySelector('progress')
          if (bar) seen.add(bar.value)
          if (item?.getAttribute('data-state') === 'done') resolve([...seen])
          else setTimeout(look, 20)
        }
        look()
      }),
    purpose,
  )
}
