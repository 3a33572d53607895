import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})
beforeEach(() => db.clock.advance(60_000))

const tryMove = async (caseId: string, key: string, by: Exclude<By, null>, data: Record<string, unknown> = {}) => {
  const { seq } = (await lamps.send(contract.getCase, by, { params: { caseId } })).result
  return lamps.send(contract.moveCase, by, { params: { caseId, key }, body: { requestId: newId(), expectedSeq: seq, data } })
}
const seenBy = async (by: By, caseId: string) => (await lamps.send(contract.getCase, by, { params: { caseId } })).status
const progress = async ({ number, tail }: { number: string; tail: string }) =>
  (await lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail } })).result
const rate = (code: string, score: number, text?: string) =>
  lamps.send(contract.rateByCode, null, { params: { code }, body: { requestId: newId(), score, text } })
const callBack = (resolved: boolean) => ({ contactedAt: db.clock.now().toISOString(), resolved, satisfied: resolved })

describe('the life of an appeal', () => {
  test('from intake to a bad rating, rectified by the unit that handled it and verified by somebody outside it [SERV-14]', async () => {
    const opened = await lamps.openOne()
    const { caseId } = opened
    await lamps.move(caseId, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
    expect(await seenBy('departmentClerk', caseId)).toBe(404)
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.housing })
    await lamps.move(caseId, 'take', 'departmentClerk')
    await lamps.move(caseId, 'ring', 'departmentClerk')
    await lamps.move(caseId, 'note', 'departmentClerk', { note: '要订灯泡' })
    await lamps.move(caseId, 'mend', 'departmentClerk', { words: '换了灯泡，亮了' })

    expect((await rate(opened.code, 5)).problem.code).toBe('case.rating_early')
    await lamps.move(caseId, 'call', 'dispatcher', callBack(true))
    const finished = await progress(opened)
    expect(finished).toMatchObject({ stage: 'done', status: 'closed', rating: null, canRate: true, canReopen: true, holder: '办完了' })

    expect((await rate(opened.code, 2, '又暗了')).result).toEqual({ number: opened.number, score: 2, rectification: true })
    expect((await rate(opened.code, 5)).problem).toMatchObject({ status: 409, code: 'case.rating_given' })
    expect(await progress(opened)).toMatchObject({
      stage: 'remending',
      status: 'open',
      rating: { score: 2 },
      canRate: false,
      holder: '清河县住房和城乡建设局',
    })

    // Neither another department nor a desk can show what the handling unit did.
    expect(await seenBy('otherClerk', caseId)).toBe(404)
    expect((await tryMove(caseId, 'showRemend', 'dispatcher', { words: '修了' })).problem.code).toBe('case.move_forbidden')
    await lamps.move(caseId, 'showRemend', 'departmentLead', { words: '换了灯头' })

    expect((await tryMove(caseId, 'checkRemend', 'departmentClerk', callBack(true))).problem.code).toBe('case.move_forbidden')
    await lamps.move(caseId, 'checkRemend', 'dispatcher', callBack(false))
    await lamps.move(caseId, 'showRemend', 'departmentClerk', { words: '换了整根灯杆' })
    const closed = await lamps.move(caseId, 'checkRemend', 'townshipLead', callBack(true))
    expect(closed).toMatchObject({ stage: 'done', status: 'closed', rating: { score: 2, text: '又暗了' } })
    expect(closed.clocks.every((clock) => clock.stoppedAt !== null && clock.state === 'done')).toBe(true)

    const steps = (await progress(opened)).steps
    expect(steps.map((step) => step.text)).toEqual([
      '您报了这件事',
      '受理了',
      '派修了',
      '接单了',
      '联系了您',
      '修好了',
      '回访了您',
      '您评价了',
      '开始返修',
      '报来返修结果',
      '核查了返修',
      '报来返修结果',
      '核查了返修',
    ])
    expect(steps.some((step) => JSON.stringify(step).includes('要订灯泡'))).toBe(false)
  })

  test('a community that handled a matter itself can neither call back nor verify it, whoever of it did the work [SERV-14]', async () => {
    const { caseId, code } = await lamps.moveTo('listed')
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.xingfuCommittee })
    await lamps.move(caseId, 'take', 'gridWorker')
    await lamps.move(caseId, 'mend', 'gridWorker', { words: '网格员换了灯泡' })
    const offered = async (by: Exclude<By, null>) =>
      (await lamps.send(contract.getCase, by, { params: { caseId } })).result.moves.map((move) => move.key)
    expect(await offered('communityWorker')).not.toContain('call')
    expect((await tryMove(caseId, 'call', 'communityWorker', callBack(true))).problem.code).toBe('case.move_forbidden')
    expect(await offered('dispatcher')).toContain('call')
    await lamps.move(caseId, 'call', 'dispatcher', callBack(true))
    await rate(code, 1)
    await lamps.move(caseId, 'showRemend', 'gridWorker', { words: '又换了' })
    expect(await offered('communityWorker')).not.toContain('checkRemend')
    expect((await tryMove(caseId, 'checkRemend', 'communityWorker', callBack(true))).problem.code).toBe('case.move_forbidden')
    expect((await lamps.move(caseId, 'checkRemend', 'dispatcher', callBack(true))).stage).toBe('done')
  })

  test('a department takes the case, answers with proof, and the resident has it done again [GRID-04]', async () => {
    const opened = await lamps.moveTo('sent')
    const photo = await lamps.upload()
    const { caseId } = opened
    const stranger = await lamps.send(contract.moveCase, 'otherClerk', {
      params: { caseId, key: 'take' },
      body: { requestId: newId(), expectedSeq: 3, data: {} },
    })
    expect(stranger.problem.code).toBe('case.not_found')
    await lamps.move(caseId, 'take', 'departmentClerk')
    const mended = await lamps.move(caseId, 'mend', 'departmentClerk', { words: '换了灯泡', photos: [photo] })
    expect(mended.attachments).toEqual([{ fileId: photo, mediaType: 'image/png', width: 1, height: 1 }])
    await lamps.move(caseId, 'call', 'dispatcher', callBack(true))
    const answered = await progress(opened)
    expect(answered.replies).toMatchObject([
      { by: '清河县住房和城乡建设局', text: '换了灯泡', attachments: [{ fileId: photo, mediaType: 'image/png' }] },
    ])

    db.clock.advance(86_400_000)
    const reopen = await lamps.send(contract.reopenPublicCase, null, {
      params: { number: opened.number },
      body: { requestId: newId(), tail: opened.tail, reason: '又不亮了' },
    })
    expect(reopen.status).toBe(201)
    expect(reopen.result).toMatchObject({ stage: 'listed', status: 'open', canReopen: false })
    const { items } = (await lamps.send(contract.listEntries, 'dispatcher', { params: { caseId } })).result
    expect(items.map((entry) => [entry.move, entry.orgName ?? entry.byName])).toEqual([
      ['open', '居民'],
      ['list', '幸福社区居民委员会'],
      ['send', '河东街道办事处'],
      ['take', '清河县住房和城乡建设局'],
      ['mend', '清河县住房和城乡建设局'],
      ['call', '河东街道办事处'],
      ['reopen', '居民'],
    ])
    expect(items[4]).toMatchObject({ attachments: [{ fileId: photo }], milestone: 'replied', isPublic: true })
  })

  test('an unresolved call back sends the case back to its department, and the promise counts on', async () => {
    const { caseId } = await lamps.moveTo('mending')
    const promised = (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId } })).result.outerDueAt
    await lamps.move(caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })
    const back = await lamps.move(caseId, 'call', 'dispatcher', callBack(false))
    expect(back).toMatchObject({ stage: 'mending', outerDueAt: promised, status: 'open' })
    expect(back.clocks.find((clock) => clock.key === 'promise')).toMatchObject({ stoppedAt: null, dueAt: promised })
  })

  test('an extension is asked for by the department, approved by the township, once', async () => {
    const { caseId } = await lamps.moveTo('mending')
    const before = (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId } })).result
    await lamps.move(caseId, 'askExtension', 'departmentClerk', { reason: '灯泡要订货' })
    expect(
      (await lamps.send(contract.listCases, 'townshipLead', { query: { queue: 'extension' } })).result.items.map((row) => row.caseId),
    ).toContain(caseId)
    expect((await tryMove(caseId, 'grantExtension', 'dispatcher', { reason: '同意' })).problem.code).toBe('case.move_forbidden')
    const granted = await lamps.move(caseId, 'grantExtension', 'townshipLead', { reason: '同意' })
    expect(granted.extension).toBe('granted')
    expect(Date.parse(granted.outerDueAt!)).toBeGreaterThan(Date.parse(before.outerDueAt!))
    expect(Date.parse(granted.dueAt!)).toBeGreaterThan(Date.parse(before.dueAt!))
    expect((await tryMove(caseId, 'askExtension', 'departmentClerk', { reason: '再来一次' })).problem.code).toBe('case.move_forbidden')
  })

  test('the moves sent with a case are just those that work: each offered one is accepted, every other one refused', async () => {
    const { caseId } = await lamps.moveTo('sent')
    const view = (await lamps.send(contract.getCase, 'departmentClerk', { params: { caseId } })).result
    const offered = view.moves.map((move) => move.key)
    expect(offered[0]).toBe('take')
    expect(view.moves[0]!.primary).toBe(true)
    expect([...offered].sort()).toEqual(['askExtension', 'giveBack', 'note', 'pass', 'pause', 'ring', 'share', 'take'])
    const others = lamps.deps.catalogue
      .get('street-lamp')
      .moves.map((move) => move.key)
      .filter((key) => !offered.includes(key))
    for (const key of others)
      expect([key, (await tryMove(caseId, key, 'departmentClerk')).problem.code]).toEqual([key, 'case.move_forbidden'])
  })

  test('a case is handed to a colleague who may handle it, and to nobody else', async () => {
    const { caseId } = await lamps.moveTo('mending')
    const { departmentLead, otherClerk } = lamps.town.posts
    const refused = await tryMove(caseId, 'pass', 'departmentClerk', { colleagueId: otherClerk.accountId })
    expect(refused.problem).toMatchObject({ status: 422, code: 'case.data_invalid', fields: [{ path: 'data.colleagueId' }] })
    await lamps.move(caseId, 'pass', 'departmentClerk', { colleagueId: departmentLead.accountId.toUpperCase() })
    expect(await db.superuser(`SELECT handler_id FROM cases.case_file WHERE case_id = '${caseId}'`)).toEqual([
      { handler_id: departmentLead.accountId },
    ])
  })

  test('an organization named in capital letters is the same organization', async () => {
    const { caseId } = await lamps.moveTo('listed')
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.housing.toUpperCase() })
    expect((await lamps.move(caseId, 'take', 'departmentClerk')).holder).toBe('清河县住房和城乡建设局')
  })

  test('a case that moves on to another department stays readable for the first, but not in its hands', async () => {
    const { caseId } = await lamps.moveTo('mending')
    await lamps.move(caseId, 'resend', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement })
    const former = (await lamps.send(contract.getCase, 'departmentClerk', { params: { caseId } })).result
    expect(former.moves.map((move) => move.key)).toEqual(['note'])
    expect(former.parties).toEqual([
      { orgId: lamps.town.orgs.urbanManagement, name: '清河县城市管理局', role: 'main' },
      { orgId: lamps.town.orgs.housing, name: '清河县住房和城乡建设局', role: 'former' },
    ])
    expect((await lamps.move(caseId, 'take', 'otherClerk')).stage).toBe('mending')
  })
})

describe('what a move leaves behind', () => {
  test('a grid worker who passes on a case of another cell is shown it one last time', async () => {
    const { caseId } = await lamps.moveTo('listed')
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.xingfuCommittee })
    await lamps.move(caseId, 'take', 'communityWorker')
    expect(await seenBy('otherGridWorker', caseId)).toBe(404)
    await lamps.move(caseId, 'pass', 'communityWorker', { colleagueId: lamps.town.posts.otherGridWorker.accountId })
    const passed = await lamps.move(caseId, 'pass', 'otherGridWorker', { colleagueId: lamps.town.posts.gridWorker.accountId })
    expect(passed).toMatchObject({ caseId, stage: 'mending' })
    expect(await seenBy('otherGridWorker', caseId)).toBe(404)
  })

  test('the audit names the post that moved, and the event says from where to where', async () => {
    const { caseId } = await lamps.moveTo('listed')
    const { communityWorker } = lamps.town.posts
    expect(
      await db.superuser(
        `SELECT account_id, post_id, org_id, subject_kind, detail FROM base.audit_entry WHERE action = 'cases.list' AND subject_id = '${caseId}'`,
      ),
    ).toEqual([
      {
        account_id: communityWorker.accountId,
        post_id: communityWorker.postId,
        org_id: lamps.town.orgs.xingfuCommittee,
        subject_kind: 'case',
        detail: { seq: 2, stage: 'listed' },
      },
    ])
    const [told] = await db.superuser<{ payload: object }>(
      `SELECT payload FROM base.outbox WHERE event = 'case.moved' AND payload->>'caseId' = '${caseId}'`,
    )
    expect(told!.payload).toMatchObject({ move: 'list', from: 'reported', stage: 'listed', seq: 2, kind: 'appeal' })
  })

  test('neither log, projection, event nor audit holds a contact in clear', async () => {
    const { caseId } = await lamps.moveTo('checking', { appeal: { contact: { phone: '19999990077', name: '欧阳小明' } } })
    const rows = await db.superuser<{ text: string }>(`
      SELECT to_jsonb(e)::text AS text FROM cases.case_entry e WHERE case_id = '${caseId}'
      UNION ALL SELECT to_jsonb(f)::text FROM cases.case_file f WHERE case_id = '${caseId}'
      UNION ALL SELECT o.payload::text FROM base.outbox o UNION ALL SELECT to_jsonb(a)::text FROM base.audit_entry a`)
    for (const { text } of rows) expect(text).not.toMatch(/19999990077|欧阳小明/)
    const view = (await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result
    expect(view.reporter).toEqual({ name: '欧阳**', phone: '199****0077', agent: null, sealed: false })
    expect(JSON.stringify((await lamps.send(contract.listEntries, 'communityWorker', { params: { caseId } })).result)).not.toMatch(
      /19999990077|欧阳小明/,
    )
  })
})
