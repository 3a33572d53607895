import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { CaseState } from './support/api.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/check-page.ts'
import { test } from './support/journey.ts'
import { keptOnThisPhone } from './support/phone-acts.ts'
import { takePhoto } from './support/photo.ts'
import { signIn } from './support/sign-in.ts'
import type { JourneyTown } from './support/town.ts'

interface Post {
  postId: string
  orgId: string
  areaId: string
  areaCode: string
}
interface Item {
  backlogId: string
  kind: string
  label: string
  state: string
}

const worker = 'grid-2'

test('three things done without a signal, and the post is taken back before they could be sent: none is lost, the community takes two over and sends one back with a reason, and the phone says so [GRID-02] (queued work survives a revoked role)', async ({
  town,
}) => {
  const { accountId, actingPost: post } = await (await town.api(worker)).get<{ accountId: string; actingPost: Post }>('/me')
  const { caseId, personId } = await prepare(town, post)
  const { page, context, watch } = await town.openGrid(worker, { path: `cases/${caseId}` })
  await keptOnThisPhone(page)
  await page.getByRole('button', { name: '不予立案' }).waitFor()
  await page.goto(`/grid/people/${personId}`)
  await page.getByRole('button', { name: '今天带上' }).click()
  await page.getByRole('button', { name: '已经带上' }).waitFor()

  watch.cut = true
  await context.setOffline(true)
  await page.goto(`/grid/cases/${caseId}`)
  await page.getByRole('button', { name: '不予立案' }).click()
  const dialog = page.getByRole('dialog', { name: '不予立案' })
  await dialog.getByRole('radio', { name: '到场时已经解决' }).check({ force: true })
  await dialog.locator('textarea').first().fill('到场时已经清走了。')
  await dialog.getByRole('button', { name: '不予立案' }).click()
  await page.getByText('不予立案，待发').waitFor()
  await page.goto(`/grid/people/${personId}/visit`)
  await page.getByRole('radio', { name: '本人' }).check({ force: true })
  await page.getByRole('radio', { name: '平安' }).check({ force: true })
  await page.getByLabel('记一笔').fill('身体不错，电话改成 13812345678 了。')
  await page.getByRole('button', { name: '完成走访' }).click()
  await page.getByText('先存在手机里了').waitFor()
  await page.goto('/grid/report')
  await page.locator('input[type=file][capture]').setInputFiles(await takePhoto({ lon: 103.5026, lat: 30.1966 }))
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await page.getByRole('radio').first().check({ force: true })
  await page.getByLabel('补一句').fill('井盖边上裂了一圈')
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('先存在手机里了').waitFor()

  const admin = await town.api('system-admin')
  expect((await admin.ask('DELETE', `/posts/${post.postId}`)).status).toBe(204)
  try {
    watch.allow(403, 401, 404)
    await context.setOffline(false)
    // The session ended with the post; signed in again there is no post, and what waited goes to whoever works there now.
    await page.waitForURL(/\/grid\/sign-in/)
    await page.getByText('没发出去的事还在手机里').waitFor()
    await signIn(page, worker, 'linli-demo-2026')
    await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
    watch.cut = false
    await page.goto('/grid/queue')
    await page.getByText('交社区审核的').waitFor()
    await expect.poll(() => page.getByText('等社区审核').count(), { timeout: 40_000 }).toBe(3)
    await page.getByText('都发完了').waitFor()
    await expectAccessible(page, '/grid/queue with work handed in')
    await page.setViewportSize({ width: 320, height: 700 })
    await expectNoSidewaysScroll(page, 'work handed in at 320 px')

    const community = await town.api('community')
    const { items } = await community.get<{ items: Item[] }>('/backlog')
    const own = items.slice(0, 3)
    expect(own.map(({ kind }) => kind).sort()).toEqual(['report', 'step', 'visit'])

    const { page: office } = await town.openWorkbench('community', { path: 'backlog' })
    // Something of somebody else waits in the demo town already.
    const card = (kind: string) => office.locator('.wb-quarantine > li').filter({ hasText: '孙磊' }).filter({ hasText: kind }).first()
    await card('走访').getByRole('button', { name: '看写的是什么' }).click()
    await office.getByText('身体不错').waitFor()
    expect(await office.getByText('13812345678').count()).toBe(0)
    await expectAccessible(office, '/workbench/backlog')
    await card('走访').getByLabel('退回的理由').fill('请社区重新上门')
    await card('走访').getByRole('button', { name: '退回' }).click()
    await card('走访').waitFor({ state: 'hidden' })
    await card('上报事件').getByRole('button', { name: '采用，补录' }).click()
    await card('上报事件').waitFor({ state: 'hidden' })
    await card('办理一步').getByRole('button', { name: '采用，补录' }).click()
    await card('办理一步').waitFor({ state: 'hidden' })
    await office.getByRole('link', { name: '已采用' }).click()
    await office.getByRole('link', { name: '看补录的这一件' }).first().waitFor()

    expect((await community.get<CaseState>(`/cases/${caseId}`)).stage).toBe('notAnEvent')
    const accepted = await community.get<{ items: (Item & { outcomeId: string })[] }>('/backlog?state=accepted')
    const report = accepted.items.find(({ kind }) => kind === 'report')!
    const opened = await community.get<{ detail: string; attachments: unknown[] }>(`/cases/${report.outcomeId}`)
    expect(opened.detail).toMatch(/井盖边上裂了一圈.*发出时已不在岗，审核后补录/)
    expect(opened.attachments).toHaveLength(1)
    expect((await community.get<{ items: unknown[] }>(`/persons/${personId}/visits`)).items).toEqual([])

    await page.reload()
    await page.getByText('退回了').waitFor()
    await page.getByText('请社区重新上门').waitFor()
    expect(await page.getByText('已采用，补录了').count()).toBe(2)
  } finally {
    const { orgId, areaId } = post
    await admin.post(`/accounts/${accountId}/posts`, { requestId: randomUUID(), orgId, areaId, role: 'gridWorker' })
  }
})

/** An event and an elder of the cell. */
async function prepare(town: JourneyTown, post: Post): Promise<{ caseId: string; personId: string }> {
  const api = await town.api(worker)
  const { caseId } = await api.post<CaseState>('/cases', {
    requestId: randomUUID(),
    kind: 'event',
    channel: 'grid',
    category: 'ev-fac',
    level: 'ordinary',
    title: '楼道口堆着旧沙发',
    detail: '楼道口堆着旧沙发，挡了半边路。',
    areaCode: post.areaCode,
  })
  const [cell] = (await api.get<{ items: { areaId: string; parentId: string }[] }>(`/public/areas?code=${post.areaCode}`)).items
  const { items } = await api.get<{ items: { buildingId: string; cellId: string }[] }>(`/public/buildings?communityId=${cell!.parentId}`)
  const { addressId } = await api.post<{ addressId: string }>('/addresses', {
    requestId: randomUUID(),
    buildingId: items.find(({ cellId }) => cellId === cell!.areaId)!.buildingId,
    entrance: '9单元',
    dwelling: '801室',
  })
  const { personId } = await api.post<{ personId: string }>('/persons', {
    requestId: randomUUID(),
    values: { name: '余秀芳', phone: '19999997801' },
    communityCode: post.areaCode.slice(0, 12),
    home: { addressId, residence: 'owner', on: '2026-01-05' },
    source: 'counter',
  })
  return { caseId, personId }
}
