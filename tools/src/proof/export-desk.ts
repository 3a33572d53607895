import { newId } from '@linli/base/define'
import type { Caller } from '../harness/many-addresses.ts'
import type { TakenFile } from './check-exported.ts'

export interface Login {
  role: string
  account: string
  password: string
  areaCode: string
}

export interface Job {
  exportId: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'canceled' | 'held'
  rowsDone: number
  startedAt: string
  finishedAt: string
}

/** What people do without a page, each with a session of their own. */
export interface ExportDesk {
  tokenOf(account: string): string
  /** Of the first cases that wait to be accepted. */
  waiting(account: string, most: number): Promise<string[]>
  orgNamed(name: string): Promise<string>
  ask(account: string, format: 'xlsx' | 'csv', purpose: string, query: Record<string, string>): Promise<string>
  job(account: string, exportId: string): Promise<Job>
  /** The export when it is no longer under way. */
  settled(account: string, exportId: string): Promise<Job>
  /** The export when it has so many rows, or is over. */
  reached(account: string, exportId: string, rows: number): Promise<Job>
  download(account: string, exportId: string): Promise<TakenFile>
  /** Status of asking for the file. */
  statusOfFile(account: string, exportId: string): Promise<number>
}

const isUnderway = ({ state }: Job): boolean => state === 'queued' || state === 'running'

export async function openExportDesk(caller: Caller, logins: readonly Login[], accounts: readonly string[]): Promise<ExportDesk> {
  const tokens = new Map<string, string>()
  const tokenOf = (account: string): string => tokens.get(account)!
  const read = async <T>(account: string | undefined, method: string, path: string, body?: object): Promise<T> => {
    const answer = await caller.send(method, path, body, account && tokenOf(account))
    if (answer.status >= 300) throw new Error(`${answer.status} ${method} ${path}: ${answer.bytes.toString('utf8').slice(0, 300)}`)
    return answer.json<T>()
  }
  for (const account of accounts) {
    const { password } = logins.find((login) => login.account === account)!
    tokens.set(account, (await read<{ token: string }>(undefined, 'POST', '/sessions', { account, password })).token)
  }
  const job = (account: string, exportId: string): Promise<Job> => read(account, 'GET', `/exports/${exportId}`)
  const until = async (account: string, exportId: string, is: (job: Job) => boolean, everyMs: number): Promise<Job> => {
    for (;;) {
      const now = await job(account, exportId)
      if (is(now)) return now
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }
  return {
    tokenOf,
    async waiting(account, most) {
      const ids: string[] = []
      for (let cursor = ''; ids.length < most; ) {
        const page = await read<{ items: { caseId: string; seq: number }[]; next: string | null }>(
          account,
          'GET',
          `/cases?queue=accept&stage=submitted&limit=100${cursor}`,
        )
        ids.push(...page.items.flatMap(({ caseId, seq }) => (seq === 1 ? [caseId] : [])))
        if (!page.next) break
        cursor = `&cursor=${encodeURIComponent(page.next)}`
      }
      return ids.slice(0, most)
    },
    async orgNamed(name) {
      const { items } = await read<{ items: { orgId: string }[] }>('dispatcher', 'GET', `/organizations?q=${encodeURIComponent(name)}`)
      return items[0]!.orgId
    },
    async ask(account, format, purpose, query) {
      const asked = { requestId: newId(), list: 'cases.list', format, purpose, query }
      const { exportId, state } = await read<Job>(account, 'POST', '/exports', asked)
      if (state === 'held') throw new Error('the export is held')
      return exportId
    },
    job,
    settled: (account, exportId) => until(account, exportId, (now) => !isUnderway(now), 100),
    reached: (account, exportId, rows) => until(account, exportId, (now) => !isUnderway(now) || now.rowsDone >= rows, 10),
    async download(account, exportId) {
      const { status, bytes } = await caller.send('GET', `/exports/${exportId}/file`, undefined, tokenOf(account))
      if (status !== 200) throw new Error(`${status} for the file of ${account}`)
      return { exportId, bytes }
    },
    statusOfFile: async (account, exportId) => (await caller.send('GET', `/exports/${exportId}/file`, undefined, tokenOf(account))).status,
  }
}
