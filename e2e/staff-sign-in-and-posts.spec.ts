import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from './support/journey.ts'
import { picture } from './support/picture.ts'
import { signIn } from './support/sign-in.ts'
import { desk } from './support/town.ts'

const demoPassword = 'linli-demo-2026'

test('a wrong password is refused without a hint, five of them lock the account and say for how long', async ({ town }) => {
  const { page, watch } = await town.openBrowser('stranger', { viewport: desk })
  watch.allow(401, 423, 429)
  await page.goto('/workbench/')
  await page.waitForURL(/\/sign-in/)
  await signIn(page, 'nobody-of-that-name', 'not-the-password')
  const problem = page.getByRole('alert')
  await problem.filter({ hasText: '账号或密码不对' }).waitFor()
  const strangerText = await problem.innerText()
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/sessions'))
    await signIn(page, 'market-clerk', 'not-the-password')
    await answered
  }
  expect(await problem.innerText()).toBe(strangerText)
  await signIn(page, 'market-clerk', 'not-the-password')
  await problem.filter({ hasText: '暂时锁住了' }).waitFor()
  expect(await problem.innerText()).toMatch(/请等 1[45] 分钟/)
  // Not even the right one opens it now.
  await signIn(page, 'market-clerk', demoPassword)
  await problem.filter({ hasText: '暂时锁住了' }).waitFor()
  expect(new URL(page.url()).pathname).toContain('/sign-in')
})

test('one sign-in opens every page of the post; signing out ends the session itself, not only its cookie [PLAT-02] (local sign-in)', async ({
  town,
}) => {
  const { page, context } = await town.openBrowser('dispatcher', { viewport: desk })
  await page.goto('/workbench/list?queue=all')
  await page.waitForURL(/\/sign-in/)
  await signIn(page, 'dispatcher-2', demoPassword)
  // Back to where the person wanted to go.
  await page.waitForURL(/\/workbench\/list/)
  for (const name of ['派遣', '受理', '清单']) {
    await page
      .getByRole('navigation', { name: '主菜单' })
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .click()
    await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor()
    expect(new URL(page.url()).pathname).not.toContain('sign-in')
  }
  const cookies = await context.cookies()
  const session = cookies.find(({ httpOnly }) => httpOnly)!
  expect(session.sameSite).toBe('Lax')
  const asBefore = () => fetch(`${town.url}/api/v1/me`, { headers: { cookie: `${session.name}=${session.value}` } })
  expect((await asBefore()).status).toBe(200)
  await openUserMenu(page)
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.waitForURL(/\/sign-in/)
  expect((await asBefore()).status).toBe(401)
  await page.goBack()
  await page.waitForURL(/\/sign-in/)
})

test('the system administrator makes a user with a post, who can work at once, and is out within seconds when the post ends [PLAT-02] (local sign-in)', async ({
  town,
}) => {
  const { page: admin } = await town.openWorkbench('system-admin')
  const account = `new-worker-${Date.now().toString(36)}`
  await admin.locator('.dk-table tbody tr').first().waitFor()
  await picture(admin, 'people')
  await admin.getByRole('button', { name: '新建用户' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('账号').fill(account)
  await dialog.getByLabel('姓名').fill('谭新')
  await dialog.getByLabel('初始密码').fill('Journey-2026-first')
  await dialog.getByLabel('角色').click()
  await admin.getByTitle('社区工作者').first().click()
  await pick(dialog.getByLabel('单位').page(), '单位', '朝阳社区居民', '朝阳社区居民委员会')
  await pick(admin, '辖区', '', '朝阳社区')
  await dialog.getByRole('button', { name: '新建' }).click()
  const drawer = admin.getByRole('dialog').filter({ hasText: account })
  await drawer.getByText('朝阳社区居民委员会').waitFor()

  const { page: worker, watch } = await town.openBrowser('new worker', { viewport: desk })
  await worker.goto('/workbench/')
  await signIn(worker, account, 'Journey-2026-first')
  await worker.waitForURL(/\/workbench\/queue/)
  await worker.getByRole('heading', { level: 1 }).first().waitFor()

  watch.allow(401, 403)
  watch.cut = true
  await drawer.getByRole('button', { name: '收回' }).click()
  await admin.getByRole('tooltip').or(admin.locator('.ant-popover')).getByRole('button', { name: '收回' }).click()
  await drawer.getByText('没有岗位').waitFor()
  // Nothing of the community answers any more, and the page that was left open no longer shows it either.
  const endedAt = Date.now()
  const client = await worker.context().request
  await expect.poll(async () => (await client.get(`${town.url}/api/v1/cases`)).status(), { timeout: 5000 }).not.toBe(200)
  expect(Date.now() - endedAt).toBeLessThan(5000)
  await worker.getByText('您还没有可用的岗位').or(worker.getByLabel('密码')).first().waitFor()
})

test('the audit administrator verifies the whole chain on the page, and sees who signed in [SEC-07] (hash chain, search)', async ({
  town,
}) => {
  const { page } = await town.openWorkbench('audit-admin')
  await page.getByRole('button', { name: '核验审计链' }).click()
  await page.getByText(/完整，共 \d+ 条，没有被改/).waitFor()
  await page.getByLabel('动作').fill('access.signed_in')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('row').nth(1).waitFor()
  await picture(page, 'audit')
  await page.getByRole('row').nth(1).click()
  await page.getByRole('dialog').getByText('请求编号').waitFor()
})

async function openUserMenu(page: Page): Promise<void> {
  await page.locator('.wb-user').click()
  await page.getByRole('menu').waitFor()
}

/** Types into a list that finds and takes the option. */
async function pick(page: Page, label: string, words: string, option: string): Promise<void> {
  const field = page.getByRole('dialog').getByLabel(label)
  await field.click()
  if (words) await field.fill(words)
  await page.getByRole('option', { name: option }).first().click()
}
