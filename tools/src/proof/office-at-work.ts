import { newId } from '@linli/base/define'
import type { Caller } from '../harness/many-addresses.ts'

export const acts = ['list', 'open', 'move', 'file'] as const
export type Act = (typeof acts)[number]

/** One thing that somebody did: when, and how long it took until the answer was there. */
export interface Done {
  act: Act
  at: number
  ms: number
}

export interface OfficeAtWork {
  readonly done: readonly Done[]
  /** Refusals and failures that people at work met; there must be none. */
  readonly errors: readonly string[]
  stop(): Promise<void>
}

export interface OfficeOptions {
  caller: Caller
  /** Token of an account. */
  tokenOf(account: string): string
  areaCode: string
  orgId: string
  /** Cases that nobody has looked at yet, to be moved on. */
  waiting: string[]
  /** So long everybody looks at an answer before the next thing; residents file a fourth as often. */
  everyMs: number
  /** By the clock of the platform. */
  now(): Date
}

interface Matter {
  caseId: string
  seq: number
}

/**
 * An office at its usual work: people look at their lists, open cases and move them on from hand to hand until they are closed, each thing
 * after a look at the answer to the one before, and residents file new ones.
 */
export function officeAtWork(options: OfficeOptions): OfficeAtWork {
  const { caller, tokenOf, areaCode, orgId, waiting, everyMs, now } = options
  const done: Done[] = []
  const errors: string[] = []
  const hands = { dispatch: [] as Matter[], claim: [] as Matter[], reply: [] as Matter[], followUp: [] as Matter[] }
  let isOver = false

  const ask = async (method: string, path: string, body?: object, account?: string) => {
    const answer = await caller.send(method, path, body, account && tokenOf(account))
    if (answer.status >= 400)
      errors.push(`${answer.status} ${method} ${path.split('?')[0]}: ${answer.bytes.toString('utf8').slice(0, 200)}`)
    return answer
  }
  const list = (account: string, queue: string) => () => ask('GET', `/cases?${queue}&limit=30`, undefined, account)
  const open = (account: string, next: () => string | undefined) => () => {
    const caseId = next()
    return caseId ? ask('GET', `/cases/${caseId}`, undefined, account) : list(account, 'queue=all')()
  }
  const topOf = (pile: readonly Matter[]) => () => pile.at(-1)?.caseId
  const move = (account: string, key: string, data: () => object, from: Matter[], to?: Matter[]) => async () => {
    const matter = from.shift()
    if (!matter) return list(account, 'queue=all')()
    const body = { requestId: newId(), expectedSeq: matter.seq, data: data() }
    const answer = await ask('POST', `/cases/${matter.caseId}/moves/${key}`, body, account)
    if (answer.status === 200) to?.push({ caseId: matter.caseId, seq: answer.json<Matter>().seq })
  }
  const accept = () => {
    const caseId = waiting.shift()
    const data = () => ({ appealType: 'help', category: 'urban-rural-construction' })
    return move('community', 'accept', data, caseId ? [{ caseId, seq: 1 }] : [], hands.dispatch)()
  }
  const called = () => ({ contactedAt: new Date(now().getTime() - 1000).toISOString(), resolved: true })
  const file = () => ask('POST', '/public/appeals', { requestId: newId(), areaCode, detail: '楼道口的灯又坏了，电话 19999990017。' })

  const desks: [Act, () => Promise<unknown>][][] = [
    [
      ['list', list('community', 'queue=accept')],
      ['open', open('community', () => waiting[0])],
      ['move', accept],
    ],
    [
      ['list', list('dispatcher', 'queue=dispatch')],
      ['move', move('dispatcher', 'dispatch', () => ({ orgId }), hands.dispatch, hands.claim)],
      ['open', open('dispatcher', topOf(hands.followUp))],
      ['move', move('dispatcher', 'followUp', called, hands.followUp)],
    ],
    [
      ['list', list('housing-clerk', 'queue=mine')],
      ['move', move('housing-clerk', 'claim', () => ({}), hands.claim, hands.reply)],
      ['open', open('housing-clerk', topOf(hands.claim))],
      ['move', move('housing-clerk', 'reply', () => ({ reply: '灯换好了。' }), hands.reply, hands.followUp)],
    ],
    [
      ['list', list('township-lead', 'queue=all&status=open')],
      ['open', open('township-lead', topOf(hands.reply))],
    ],
  ]

  const atWork = async (turns: [Act, () => Promise<unknown>][], pace: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const [act, work] = turns[turn % turns.length]!
      const at = performance.now()
      try {
        await work()
      } catch (error) {
        errors.push(`${act}: ${(error as Error).message}`)
      }
      done.push({ act, at, ms: performance.now() - at })
      await new Promise((resolve) => setTimeout(resolve, pace))
    }
  }
  const running = [...desks.map((turns) => atWork(turns, everyMs)), atWork([['file', file]], everyMs * 4)]
  return {
    done,
    errors,
    async stop() {
      isOver = true
      await Promise.all(running)
    },
  }
}
