import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { foldCase } from '../define/fold.ts'
import { anAnswer, type Cast, openMoves } from '../testing/a-walk.ts'
import { type Answer, type CasesApp, casesApp, type OpenedCase } from '../testing/cases-app.ts'
import { loadEntries } from './case-rows.ts'
import { checkEveryProjection, rebuildCase } from './rebuild.ts'

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

const many = <T>(n: number, make: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: n }, (_, i) => make(i)))
const statuses = (answers: { status: number }[]) => answers.map((answer) => answer.status).sort()
const entriesOf = (caseId: string) =>
  db.superuser<{ seq: number; move: string }>(`SELECT seq, move FROM cases.case_entry WHERE case_id = '${caseId}' ORDER BY seq`)
const seqOf = async (caseId: string) => (await entriesOf(caseId)).length

describe('several hands on one case', () => {
  test.each([2, 5, 16])('of %i writers on the same state one wins, the others are shown the state it left', async (writers) => {
    const { caseId } = await lamps.moveTo('listed')
    const offices = [lamps.town.orgs.housing, lamps.town.orgs.urbanManagement]
    const answers = await many(writers, (i) =>
      lamps.send(contract.moveCase, 'dispatcher', {
        params: { caseId, key: 'send' },
        body: { requestId: newId(), expectedSeq: 2, data: { orgId: offices[i % 2] } },
      }),
    )
    const losers = answers.filter((answer) => answer.status !== 200)
    expect(losers).toHaveLength(writers - 1)
    for (const { problem } of losers)
      expect(problem).toMatchObject({ status: 409, code: 'case.changed', current: { seq: 3, stage: 'sent', stageName: '待接单' } })
    expect((await entriesOf(caseId)).map((entry) => entry.move)).toEqual(['open', 'list', 'send'])
  })

  test('different steps on the same state exclude each other as well', async () => {
    const { caseId } = await lamps.moveTo('mending')
    const step = (key: string, by: 'departmentClerk' | 'dispatcher', data: Record<string, unknown>) =>
      lamps.send(contract.moveCase, by, { params: { caseId, key }, body: { requestId: newId(), expectedSeq: 4, data } })
    const answers = await Promise.all([
      step('mend', 'departmentClerk', { words: '换了灯泡' }),
      step('resend', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement }),
      step('note', 'departmentClerk', { note: '看过了' }),
      step('askExtension', 'departmentClerk', { reason: '要订货' }),
    ])
    expect(statuses(answers)).toEqual([200, 409, 409, 409])
    expect(await seqOf(caseId)).toBe(5)
  })

  test('a resident who adds a word and an office that works never lose to each other what both may do', async () => {
    const { caseId, number, tail } = await lamps.moveTo('mending')
    const add = (i: number) =>
      lamps.send(contract.addToPublicCase, null, { params: { number }, body: { requestId: newId(), tail, detail: `第${i}句` } })
    const work = () => lamps.move(caseId, 'note', 'departmentClerk', { note: '看过了' }).catch(() => undefined)
    const [additions] = await Promise.all([many(6, add), many(6, work)])
    expect(statuses(additions)).toEqual([201, 201, 201, 201, 201, 201])
    const entries = await entriesOf(caseId)
    expect(entries.filter((entry) => entry.move === 'add')).toHaveLength(6)
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1))
  })
})

describe('the same request, sent several times at once', () => {
  const sameAnswers = (answers: Answer<never>[], wanted: number[]) => {
    expect(statuses(answers)).toEqual(wanted)
    expect(new Set(answers.map((answer) => answer.bytes.toString())).size).toBe(1)
  }

  test('is one step with one answer', async () => {
    const { caseId } = await lamps.moveTo('reported')
    const body = { requestId: newId(), expectedSeq: 1, data: { appealType: 'help' } }
    const answers = await many(8, () => lamps.send(contract.moveCase, 'communityWorker', { params: { caseId, key: 'list' }, body }))
    sameAnswers(answers as Answer<never>[], Array(8).fill(200))
    expect(await seqOf(caseId)).toBe(2)
  })

  test('is one appeal: one answers 201, the others 200 with the same number and code', async () => {
    const body = { requestId: newId(), detail: '路灯不亮', areaCode: '239999001001' }
    const answers = await many(8, () => lamps.send(contract.fileAppeal, null, { body }))
    sameAnswers(answers as Answer<never>[], [200, 200, 200, 200, 200, 200, 200, 201])
    expect(await db.superuser(`SELECT 1 FROM cases.case_file WHERE number = '${answers[0]!.result.number}'`)).toHaveLength(1)
  })

  test('is one withdrawal, one reopening, one rating, one addition', async () => {
    const withdrawn = await lamps.moveTo('reported')
    const once = async (opened: OpenedCase, work: (requestId: string) => Promise<Answer<never>>, status: number, moves: string[]) => {
      const requestId = newId()
      sameAnswers(await many(4, () => work(requestId)), Array(4).fill(status))
      const entries = (await entriesOf(opened.caseId)).map((entry) => entry.move)
      expect(entries.slice(-moves.length)).toEqual(moves)
      expect(entries.filter((move) => move === moves[0])).toHaveLength(1)
    }
    const params = ({ number }: OpenedCase) => ({ number })
    await once(
      withdrawn,
      (requestId) =>
        lamps.send(contract.withdrawPublicCase, null, { params: params(withdrawn), body: { requestId, tail: withdrawn.tail } }) as Promise<
          Answer<never>
        >,
      200,
      ['withdraw'],
    )
    const done = await lamps.moveTo('done')
    await once(
      done,
      (requestId) =>
        lamps.send(contract.rateByCode, null, { params: { code: done.code }, body: { requestId, score: 5 } }) as Promise<Answer<never>>,
      201,
      ['grade'],
    )
    await once(
      done,
      (requestId) =>
        lamps.send(contract.reopenPublicCase, null, {
          params: params(done),
          body: { requestId, tail: done.tail, reason: '又不亮了' },
        }) as Promise<Answer<never>>,
      201,
      ['reopen'],
    )
    await once(
      done,
      (requestId) =>
        lamps.send(contract.addToPublicCase, null, {
          params: params(done),
          body: { requestId, tail: done.tail, detail: '两盏都不亮' },
        }) as Promise<Answer<never>>,
      201,
      ['add'],
    )
  })
})

test('of two ratings at once one counts', async () => {
  const { code, caseId, number, tail } = await lamps.moveTo('done')
  const body = () => ({ requestId: newId(), score: 1 })
  const byCode = () => lamps.send(contract.rateByCode, null, { params: { code }, body: body() })
  const byNumber = () => lamps.send(contract.rateByNumber, null, { params: { number }, body: { ...body(), tail } })
  const answers = await Promise.all([many(4, byCode), many(4, byNumber)]).then(([some, others]) => [...some, ...others])
  expect(statuses(answers)).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
  for (const { problem } of answers.filter((answer) => answer.status === 409)) expect(problem.code).toBe('case.rating_given')
  expect((await entriesOf(caseId)).filter((entry) => entry.move === 'grade')).toHaveLength(1)
  expect(await db.superuser(`SELECT 1 FROM cases.case_rating WHERE case_id = '${caseId}'`)).toHaveLength(1)
})

test('numbers are given once, also to many at the same time', async () => {
  const opened = await many(40, () => lamps.openOne())
  expect(new Set(opened.map((one) => one.number)).size).toBe(40)
  expect(new Set(opened.map((one) => one.code)).size).toBe(40)
  for (const { number } of opened) expect(number).toMatch(/^20260302-\d{6}$/)
})

describe('a thousand steps by many hands at random', () => {
  const staff = ['communityWorker', 'dispatcher', 'townshipLead', 'departmentClerk', 'departmentLead', 'otherClerk', 'gridWorker'] as const
  /** A linear congruential generator: the same walk for the same seed. */
  const dice = (seed: number) => () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed
  }

  test('leave a projection that equals the fold of the log, however they met', async () => {
    const cast: Cast = {
      orgIds: [lamps.town.orgs.housing, lamps.town.orgs.urbanManagement, lamps.town.orgs.xingfuCommittee],
      accountIds: staff.map((post) => lamps.town.posts[post].accountId),
    }
    const cases = await many(8, () => lamps.openOne())
    const roll = dice(20260302)
    const count: Record<number, number> = {}
    const inVain = cases.map(() => 0)
    const step = async () => {
      const at = roll() % cases.length
      const { caseId, number, tail, code } = cases[at]!
      const pick = Math.floor(roll() / 1000)
      const type = lamps.deps.catalogue.get('street-lamp')
      const { state } = await db.system(async (system) => ({ state: foldCase(type, await loadEntries(system, caseId)) }))
      const open = openMoves(type, state, db.clock.now())
      const move = open[pick % open.length]
      // Where nothing can happen any more, or nothing that these hands may do, another one is opened: as many moves come to something
      // whatever the first cases came to.
      if (!move || inVain[at]! > 15) {
        inVain[at] = 0
        cases[at] = await lamps.openOne()
        return
      }
      const data = anAnswer(move.form, Math.floor(pick / 7), db.clock.now(), cast)
      const requestId = newId()
      const sent =
        move.key === 'add'
          ? await lamps.send(contract.addToPublicCase, null, { params: { number }, body: { requestId, tail, detail: '还是黑的' } })
          : move.key === 'reopen'
            ? await lamps.send(contract.reopenPublicCase, null, { params: { number }, body: { requestId, tail, reason: '又不亮了' } })
            : move.key === 'grade' || move.by === 'system'
              ? await lamps.send(contract.rateByCode, null, { params: { code }, body: { requestId, score: 1 + (pick % 5) } })
              : move.by === 'resident'
                ? undefined
                : await lamps.send(contract.moveCase, staff[pick % staff.length]!, {
                    params: { caseId, key: move.key },
                    body: { requestId, expectedSeq: state.seq, data },
                  })
      if (!sent) return
      count[sent.status] = (count[sent.status] ?? 0) + 1
      inVain[at] = sent.status < 300 ? 0 : inVain[at]! + 1
      if (sent.status >= 500) throw new Error(`${move.key}: ${sent.bytes.toString()}`)
    }
    for (let round = 0; round < 120; round++) {
      await many(8, step)
      db.clock.advance((roll() % 600) * 60_000)
    }
    expect(count[200]! + count[201]!).toBeGreaterThan(60)
    expect(count[409]).toBeGreaterThan(5)
    const { checked, faults } = await checkEveryProjection(lamps.deps)
    expect(faults).toEqual([])
    expect(checked).toBeGreaterThanOrEqual(8)
  }, 120_000)

  test('and writing a projection anew changes nothing that was right', async () => {
    const stored = () => db.superuser('SELECT to_jsonb(f) AS file FROM cases.case_file f ORDER BY case_id')
    const before = await stored()
    for (const { file } of before as { file: { case_id: string } }[])
      await db.system((system) => rebuildCase(system, lamps.deps, file.case_id))
    expect(await stored()).toEqual(before)
  })
})
