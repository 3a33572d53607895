import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp, type OpenedCase } from '../../testing/cases-app.ts'
import { networkOf, normalizeNumber, sweepLookUps } from './look-up.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases', max: 16 })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})
beforeEach(() => db.clock.advance(60_000))

const look = (number: string, tail: string) => lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail } })
const progress = async ({ number, tail }: OpenedCase) => (await look(number, tail)).result
const wrongTail = ({ tail }: OpenedCase) => String((Number(tail) + 1) % 10_000).padStart(4, '0')
const withdraw = ({ number, tail }: OpenedCase) =>
  lamps.send(contract.withdrawPublicCase, null, { params: { number }, body: { requestId: newId(), tail } })
const add = ({ number, tail }: OpenedCase, detail: string, attachments?: string[]) =>
  lamps.send(contract.addToPublicCase, null, { params: { number }, body: { requestId: newId(), tail, detail, attachments } })
const erase = ({ number, tail }: OpenedCase) =>
  lamps.send(contract.erasePublicContact, null, { params: { number }, body: { requestId: newId(), tail } })

describe('number and last four', () => {
  test('show the step, who holds it and the promised date (telling by message comes later) [SERV-05]', async () => {
    const opened = await lamps.moveTo('sent')
    expect(await progress(opened)).toMatchObject({
      number: opened.number,
      stage: 'sent',
      stageName: '派给修理单位了',
      holder: '清河县住房和城乡建设局',
      dueAt: '2026-03-09T16:00:00.000Z',
      title: '楼下的路灯不亮了',
      steps: [
        { text: '您报了这件事', key: 'open', by: '您' },
        { text: '受理了', by: '幸福社区居民委员会' },
        { text: '派修了', by: '河东街道办事处' },
        { kind: 'current', text: '派给修理单位了' },
      ],
      clock: { name: '答应居民', state: 'onTime' },
      canRate: false,
      canReopen: false,
      canWithdrawUntil: null,
      canAdd: true,
      hasContact: true,
      views: [],
    })
  })

  test('without a phone the last four are those of the code', async () => {
    const opened = await lamps.openOne({ contact: { name: '孙桂兰' } })
    expect(opened.tail).toBe(opened.code.slice(-4))
    expect((await look(opened.number, opened.tail)).status).toBe(200)
    const anonymous = await lamps.openOne({ contact: undefined })
    expect(await progress(anonymous)).toMatchObject({ hasContact: false })
  })

  test.each([
    ['2026 0302-000318', '20260302-000318'],
    ['诉20260302000318', '20260302-000318'],
    ['20260302-000318', '20260302-000318'],
    ['202603021234567', '20260302-1234567'],
    ['12', '12'],
    ['灯', ''],
  ])('%s is read as %s', (written, number) => {
    expect(normalizeNumber(written)).toBe(number)
  })

  test('however the number is written, it is found', async () => {
    const { number, tail } = await lamps.openOne()
    for (const written of [number.replace('-', ''), `诉 ${number}`, ` ${number} `]) expect((await look(written, tail)).status).toBe(200)
  })

  test('a wrong tail and a number that nobody has are the same 404 [SERV-05]', async () => {
    const opened = await lamps.openOne()
    const answers = [await look(opened.number, wrongTail(opened)), await look('20260302-999999', '0042'), await look('no number', '0042')]
    const bodies = answers.map(({ problem: { traceId: _, ...rest } }) => rest)
    expect(bodies).toEqual(Array(3).fill(expect.objectContaining({ status: 404, code: 'case.not_found' })))
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  })

  const from = (address: string, number: string, path: string, payload?: object) =>
    lamps.app.inject({
      method: payload ? 'POST' : 'GET',
      url: `/api/v1/public/cases/${number}${path}`,
      remoteAddress: address,
      ...(payload && { payload }),
    })
  const lookFrom = async (address: string, number: string, tail: string) => (await from(address, number, `?tail=${tail}`)).statusCode

  test('after ten wrong tails in an hour the number is closed to that client, the right one included, until the next hour', async () => {
    const opened = await lamps.openOne()
    const here = '203.0.113.7'
    db.clock.moveTo('2026-03-03T02:30:00Z')
    for (let i = 0; i < 10; i++) expect(await lookFrom(here, opened.number, wrongTail(opened))).toBe(404)
    const eleventh = await from(here, opened.number, `?tail=${wrongTail(opened)}`)
    expect(eleventh.json()).toMatchObject({ status: 429, code: 'case.tries_exhausted' })
    expect(Number(eleventh.headers['retry-after'])).toBe(1800)
    expect(await lookFrom(here, opened.number, opened.tail)).toBe(429)
    const rating = await from(here, opened.number, '/rating', { requestId: newId(), tail: opened.tail, score: 5 })
    expect(rating.json().code).toBe('case.tries_exhausted')
    db.clock.moveTo('2026-03-03T03:00:00Z')
    expect(await lookFrom(here, opened.number, opened.tail)).toBe(200)
  })

  const countOf = (codes: number[], code: number) => codes.filter((one) => one === code).length

  test.each([1, 2, 3])('forty tries at once are ten tries (race %i)', async () => {
    const opened = await lamps.openOne()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => lookFrom('203.0.113.7', opened.number, String(1000 + i))))
    expect([countOf(answers, 404), countOf(answers, 429)]).toEqual([10, 30])
  })

  test('whoever tries a number through does not lock its owner out; many networks together try thirty times', async () => {
    const opened = await lamps.openOne()
    db.clock.moveTo(new Date(Math.ceil(db.clock.now().getTime() / 3_600_000) * 3_600_000))
    await Promise.all(Array.from({ length: 15 }, () => lookFrom('203.0.113.7', opened.number, wrongTail(opened))))
    expect(await lookFrom('203.0.113.7', opened.number, opened.tail)).toBe(429)
    expect(await lookFrom('198.51.100.1', opened.number, opened.tail)).toBe(200)
    // One IPv6 connection is one client, whatever address of it asks.
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, i) =>
        lookFrom(i % 3 === 0 ? `2001:db8:0:7::${i.toString(16)}` : `203.0.113.${100 + (i % 30)}`, opened.number, wrongTail(opened)),
      ),
    )
    expect([countOf(answers, 404), countOf(answers, 429)]).toEqual([20, 70])
    expect(await lookFrom('198.51.100.1', opened.number, opened.tail)).toBe(429)
    db.clock.advance(3_600_000)
    expect(await lookFrom('203.0.113.7', opened.number, opened.tail)).toBe(200)
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7'],
    ['2001:0DB8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('a client at %s is one of %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test('twenty right looks at once are all answered', async () => {
    const opened = await lamps.openOne()
    const answers = await Promise.all(Array.from({ length: 20 }, () => lookFrom('203.0.113.7', opened.number, opened.tail)))
    expect(countOf(answers, 200)).toBe(20)
  })

  test('an unknown number costs the same statements as a wrong tail', async () => {
    const opened = await lamps.openOne()
    const client = await db.pool.connect()
    const query = vi.spyOn(Object.getPrototypeOf(client) as typeof client, 'query')
    client.release()
    const statementsOf = async (number: string, tail: string) => {
      query.mockClear()
      await look(number, tail)
      return query.mock.calls.map(([statement]) =>
        typeof statement === 'object' ? (statement as { text: string }).text : String(statement).slice(0, 20),
      )
    }
    const wrong = await statementsOf(opened.number, wrongTail(opened))
    expect(wrong.length).toBeGreaterThan(5)
    expect(await statementsOf('20260302-888888', '1234')).toEqual(wrong)
    query.mockRestore()
  })

  test('tries of yesterday are forgotten', async () => {
    const opened = await lamps.openOne()
    await look(opened.number, wrongTail(opened))
    const left = () => db.superuser(sql`SELECT 1 FROM cases.look_up_failure WHERE number = ${opened.number}`)
    await db.system(sweepLookUps)
    expect(await left()).toHaveLength(1)
    db.clock.advance(26 * 3_600_000)
    await db.system(sweepLookUps)
    expect(await left()).toEqual([])
  })
})

describe('what a resident may do', () => {
  test('take an appeal back for five minutes, as long as nobody has taken it in', async () => {
    const opened = await lamps.openOne()
    const until = (await progress(opened)).canWithdrawUntil
    expect(until).toBe(new Date(db.clock.now().getTime() + 300_000).toISOString())
    const withdrawn = await withdraw(opened)
    expect([withdrawn.status, withdrawn.result]).toEqual([
      200,
      expect.objectContaining({
        status: 'withdrawn',
        stage: 'takenBack',
        canWithdrawUntil: null,
        canAdd: false,
        canReopen: false,
        canRate: false,
      }),
    ])
    expect((await withdraw(opened)).problem.code).toBe('case.move_forbidden')

    const late = await lamps.openOne()
    db.clock.advance(300_001)
    expect((await withdraw(late)).problem).toMatchObject({ status: 403, code: 'case.move_forbidden' })
    expect((await withdraw(await lamps.moveTo('listed'))).problem.code).toBe('case.move_forbidden')
  })

  test('add a word and a picture while it is open', async () => {
    const opened = await lamps.moveTo('mending')
    const photo = await lamps.upload()
    const added = await add(opened, '两盏都不亮', [photo])
    expect(added.status).toBe(201)
    expect(added.result.steps.at(-2)).toMatchObject({
      text: '您补充了：两盏都不亮',
      attachments: [{ fileId: photo, mediaType: 'image/png', width: 1 }],
    })
    expect(added.result.attachments.map((file) => file.fileId)).toEqual([photo])
    const gone = await add(opened, '三盏', [newId()])
    expect(gone.problem).toMatchObject({ status: 422, fields: [{ path: 'data.attachments' }] })
    expect((await add(await lamps.moveTo('done'), '还有')).problem.code).toBe('case.move_forbidden')
  })

  test('reopen within thirty days, and not after', async () => {
    const reopen = (opened: OpenedCase) =>
      lamps.send(contract.reopenPublicCase, null, {
        params: { number: opened.number },
        body: { requestId: newId(), tail: opened.tail, reason: '又不亮了' },
      })
    const early = await lamps.moveTo('mending')
    expect((await reopen(early)).problem.code).toBe('case.move_forbidden')
    const done = await lamps.moveTo('done')
    db.clock.advance(30 * 86_400_000 + 1)
    expect((await progress(done)).canReopen).toBe(false)
    expect((await reopen(done)).problem.code).toBe('case.move_forbidden')
  })

  test('rate with number and tail when the code is not at hand', async () => {
    const done = await lamps.moveTo('done')
    const rated = await lamps.send(contract.rateByNumber, null, {
      params: { number: done.number },
      body: { requestId: newId(), tail: done.tail, score: 5, text: '修得快' },
    })
    expect([rated.status, rated.result]).toEqual([201, { number: done.number, score: 5, rectification: false }])
    expect((await progress(done)).rating).toMatchObject({ score: 5 })
  })

  test('a code that nobody has is a 404', async () => {
    const answer = await lamps.send(contract.rateByCode, null, {
      params: { code: '0000000000000000' },
      body: { requestId: newId(), score: 5 },
    })
    expect(answer.problem.code).toBe('case.not_found')
  })
})

describe('erasing the contact', () => {
  const reveal = (caseId: string) =>
    lamps.send(contract.revealContact, 'communityWorker', { params: { caseId }, body: { reason: '核对地址', fields: ['name', 'phone'] } })

  test('an ended case loses its contact for good: the key is gone, reveal answers nothing, the ciphertext stays noise [SEC-01] (erasure of the contact)', async () => {
    const opened = await lamps.moveTo('done')
    const { caseId } = opened
    expect((await reveal(caseId)).result.values).toEqual({ name: '孙桂兰', phone: '19999990042' })
    const [file] = await db.superuser<{ contact_key_id: string }>(`SELECT contact_key_id FROM cases.case_file WHERE case_id = '${caseId}'`)
    const key = () => db.superuser(`SELECT 1 FROM base.person_key WHERE key_id = '${file!.contact_key_id}'`)
    expect(await key()).toHaveLength(1)

    const erased = await erase(opened)
    expect(erased.result).toMatchObject({ hasContact: false })
    expect(await key()).toEqual([])
    expect((await reveal(caseId)).result.values).toEqual({ name: null, phone: null })
    const view = (await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result
    expect(view.reporter).toEqual({ name: null, phone: null, agent: null, sealed: false })

    const [opening] = await db.superuser<{ data: { contact: { name: string; phone: string } } }>(
      `SELECT data FROM cases.case_entry WHERE case_id = '${caseId}' AND seq = 1`,
    )
    for (const sealed of [opening!.data.contact.name, opening!.data.contact.phone]) {
      expect(() => db.deps.vault.open(Buffer.from(sealed, 'base64'))).toThrow()
      expect(() => db.deps.vault.open(Buffer.from(sealed, 'base64'), db.deps.vault.newPersonKey().key)).toThrow()
    }
    // The number and the tail still answer: what was done stays readable for whoever asked.
    expect((await look(opened.number, opened.tail)).status).toBe(200)
    expect(
      await db.superuser(`SELECT 1 FROM base.audit_entry WHERE action = 'cases.erase-contact' AND subject_id = '${caseId}'`),
    ).toHaveLength(1)
    expect((await erase(opened)).status).toBe(200)
  })

  test('an open case keeps it, for somebody must be able to answer', async () => {
    const opened = await lamps.moveTo('mending')
    expect((await erase(opened)).problem).toMatchObject({ status: 403, code: 'case.move_forbidden' })
    expect((await reveal(opened.caseId)).result.values.phone).toBe('19999990042')
  })
})
