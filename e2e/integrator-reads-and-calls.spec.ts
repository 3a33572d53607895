import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'

const run = promisify(execFile)

test('the lines of the integrator guide work as pasted [PLAT-10] (own API, guide)', async ({ town }) => {
  const guide = await readFile(new URL('../docs/integrator.md', import.meta.url), 'utf8')
  const lines = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]).join('\n')
  expect(lines).toContain('URL=http://127.0.0.1:8080')
  const script = `set -eo pipefail\n${lines.replace('http://127.0.0.1:8080', town.url)}`
  const { stdout } = await run('bash', ['-c', script])
  expect(stdout).toContain('seen on the spot')
})

test('the API pages are found, searched and read, in Chinese and English, at a desk and at 320 px [PLAT-10] (own API documented) [ACC-02] (WCAG, automated)', async ({
  town,
}) => {
  const { page } = await town.openBrowser('integrator', { viewport: { width: 1440, height: 900 } })
  for (const lang of ['zh', 'en']) {
    await page.goto(`/docs?lang=${lang}`)
    await page.getByRole('searchbox').fill('receipts')
    const one = page.locator('#post-cases-caseid-receipts')
    await one.locator('summary').click()
    await one.getByText('case.receipt_unavailable').first().waitFor()
    if (lang === 'en') await picture(page, 'api')
    await expectAccessible(page, `/docs in ${lang}`)
    await page.setViewportSize({ width: 320, height: 720 })
    await expectNoSidewaysScroll(page, `/docs in ${lang}`)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`/docs/errors?lang=${lang}#case.changed`)
    await page.locator('tr:target').waitFor()
    await expectAccessible(page, `/docs/errors in ${lang}`)
  }
})
