import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningDesk, runDesk } from '../harness/run-desk.ts'
import { columnsOf, encodeGb } from './gb18030.ts'
import { checkDigitOf, isIdNumber, maskIdNumber } from './id-number.ts'

const origin = 'https://community.example'
let desk: RunningDesk
let token: string
beforeAll(async () => {
  desk = await runDesk({ origin })
  token = (await (await ask('POST /v1/pairings', { body: { code: desk.pairingCode() }, as: '' })).json()).token as string
})
afterAll(() => desk?.stop())
beforeEach(async () => {
  await desk.setReader({ state: 'card' })
  await desk.setPrinter('ready')
})

interface Asked {
  body?: unknown
  as?: string
  from?: string
  headers?: Record<string, string>
}
function ask(key: string, { body, as = token, from = origin, headers = {} }: Asked = {}): Promise<Response> {
  const [method = '', path = ''] = key.split(' ')
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return fetch(`${desk.bridgeUrl}${path}`, {
    method,
    ...sent,
    headers: {
      ...(from && { origin: from }),
      ...(as && { authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  })
}
const told = async (key: string, asked?: Asked) => (await (await ask(key, asked)).json()) as Record<string, unknown>

const paper = {
  title: '受理回执',
  mark: null,
  number: '20260302-000123',
  lines: [
    { label: '事项', value: '楼下的路灯不亮了，晚上老人看不见路，孩子放学也害怕，请尽快来人看看' },
    { label: '答复', value: '3月9日 18:00 前' },
  ],
  code: '1234 5678 9012 3456',
  qr: `${origin}/resident/progress/20260302-000123`,
  notes: ['扫码看进度，不用登录。'],
}

describe('a card', () => {
  test('gives its name and a masked number; the whole number only to a form that asks for it', async () => {
    expect(await told('POST /v1/card', { body: {} })).toEqual({
      state: 'read',
      name: '陈秀英',
      idMasked: expect.stringMatching(/^2\*{13}002[\dX]$/),
    })
    const { idNumber } = await told('POST /v1/card', { body: { wants: ['idNumber'] } })
    expect(isIdNumber(String(idNumber))).toBe(true)
  })

  test.each([
    ['absent', 'cardAbsent'],
    ['unreadable', 'cardUnreadable'],
    ['unplugged', 'readerUnplugged'],
  ])('%s is said to be so', async (state, answer) => {
    await desk.setReader({ state })
    expect(await told('POST /v1/card', { body: {} })).toEqual({ state: answer })
  })

  test('that takes too long is given up', { timeout: 20_000 }, async () => {
    await desk.setReader({ state: 'slow', slowMs: 9000 })
    expect(await told('POST /v1/card', { body: {} })).toEqual({ state: 'readerSlow' })
  })

  test('of a real division, or with a wrong check digit, cannot be played', async () => {
    const first = '11010119510312002'
    expect((await desk.setReader({ card: { name: '张三', idNumber: first + checkDigitOf(first) } })).status).toBe(422)
    expect((await desk.setReader({ card: { name: '张三', idNumber: '239999195103120020' } })).status).toBe(422)
  })
})

describe('a receipt', () => {
  test('comes out with number, code and a QR code, in Chinese, wrapped and cut', async () => {
    expect(await told('POST /v1/papers', { body: paper })).toEqual({ state: 'printed' })
    const printed = (await desk.papers()).at(-1)!
    expect(printed).toMatchObject({ qr: [paper.qr], isCut: true, large: ['受理回执', paper.number, paper.code] })
    expect(printed.text).toContain('扫码看进度')
    for (const line of printed.text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(48)
    expect(printed.text.replace(/\s/g, '')).toContain(paper.lines[0]!.value)
  })

  test('that is a copy says so in large letters', async () => {
    await ask('POST /v1/papers', { body: { ...paper, mark: '副本 2' } })
    expect((await desk.papers()).at(-1)?.large).toContain('（副本 2）')
  })

  test.each([
    ['paperOut', 'paperOut'],
    ['coverOpen', 'coverOpen'],
    ['offline', 'printerOffline'],
  ])('does not come out of a printer that is %s, and that is what is said', async (state, answer) => {
    await desk.setPrinter(state)
    const before = (await desk.papers()).length
    expect(await told('GET /v1/devices')).toEqual({ reader: 'ready', printer: answer })
    expect(await told('POST /v1/papers', { body: paper })).toEqual({ state: answer })
    expect(await desk.papers()).toHaveLength(before)
  })

  test('comes out while paper runs low, and of a printer that answers no questions', { timeout: 20_000 }, async () => {
    await desk.setPrinter('paperLow')
    expect(await told('POST /v1/papers', { body: paper })).toEqual({ state: 'printedPaperLow' })
    await desk.setPrinter('mute')
    expect(await told('POST /v1/papers', { body: paper })).toEqual({ state: 'printed' })
  })

  test('whose QR code leads elsewhere is no receipt', async () => {
    for (const change of [
      { qr: 'https://elsewhere.example/x' },
      { qr: `${origin}.evil.example/x` },
      { title: '' },
      { lines: [{ label: 1, value: 2 }] },
    ]) {
      expect((await ask('POST /v1/papers', { body: { ...paper, ...change } })).status).toBe(400)
    }
  })
})

describe('who may ask', () => {
  test('a page of another origin gets nothing, not even an answer that it could read', async () => {
    for (const from of ['https://elsewhere.example', '', 'null']) {
      const answer = await ask('POST /v1/card', { body: {}, from })
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
    expect((await ask('OPTIONS /v1/card', { from: 'https://elsewhere.example' })).status).toBe(403)
  })

  test('the page of the platform is let through the browser’s own question', async () => {
    const answer = await ask('OPTIONS /v1/card', { as: '' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, origin])
  })

  test('without a token nothing is read and nothing is printed', async () => {
    for (const as of ['', 'wrong']) expect((await ask('POST /v1/card', { body: {}, as })).status).toBe(401)
  })

  test('a form that a page posts without asking is not taken', async () => {
    expect((await ask('POST /v1/papers', { body: paper, headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })

  test('a code is used once, and five wrong ones make a new one', async () => {
    const code = desk.pairingCode()
    const wrong = code === '000000' ? '000001' : '000000'
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await ask('POST /v1/pairings', { body: { code: wrong }, as: '' })
      expect([answer.status, await answer.json()]).toEqual([403, { code: 'pairing_wrong', left }])
    }
    await expect.poll(() => desk.pairingCode()).not.toBe(code)
    expect((await ask('POST /v1/pairings', { body: { code }, as: '' })).status).toBe(403)
    expect((await ask('POST /v1/pairings', { body: { code: desk.pairingCode() }, as: '' })).status).toBe(200)
  })
})

test('a name with a rare character prints, with a mark where the printer has no glyph', () => {
  expect(encodeGb('龘A1')).toHaveLength(4)
  expect(new TextDecoder('gb18030').decode(encodeGb('𠮷😀好'))).toBe('〓〓好')
})

test('the check digit is that of GB 11643 and the mask leaves four', () => {
  expect(checkDigitOf('11010519491231002')).toBe('X')
  expect(isIdNumber('11010519491231002X')).toBe(true)
  expect(isIdNumber('110105194902310020')).toBe(false)
  expect(maskIdNumber('11010519491231002X')).toBe('1*************002X')
})
