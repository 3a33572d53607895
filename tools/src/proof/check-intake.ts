import { openPool, publishedCalendar, sql, startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import { checkEveryProjection } from '@linli/cases/server'
import { loadScenes } from '@linli/scene/server'
import { packs } from '@linli/server/packs'
import type { Acknowledged } from '../harness/file-appeals.ts'

export interface IntakeVerdict {
  acknowledged: number
  inDatabase: number
  lost: string[]
  doubled: string[]
  numbersTwice: number
  /** Cases without exactly one first entry, one running clock, one audit line and one event: something half-written. */
  halfWritten: number
  /** Cases, of the demo town's history too, whose lists say something else than their entries. */
  notTheirFold: number
}

interface CaseRow {
  number: string
  detail: string
}

/**
 * Looks into the stopped platform's database: every acknowledged appeal is there exactly once with the words that were sent,
 * and nothing is half-written. `since` leaves out the history of the demo town.
 */
export async function checkIntake(dataDir: string, acknowledged: readonly Acknowledged[], since: Date): Promise<IntakeVerdict> {
  const database = await startEmbedded({ dataDir })
  const pool = openPool({ url: database.servingUrl, max: 2, name: 'check' })
  try {
    const clock = systemClock
    const { catalogue } = loadScenes(packs, { switches: { isOn: () => true, note: () => {}, stop: () => {} } })
    const calendar = publishedCalendar()
    const projections = await checkEveryProjection({ pool, clock, catalogue, calendar: () => calendar })
    return await transact({ pool, clock }, systemActor, async (ctx) => {
      await ctx.run(sql`SELECT set_config('statement_timeout', '120000', true)`)
      const rows = await ctx.rows(sql<CaseRow>`
        SELECT f.number, e.data->>'detail' AS detail FROM cases.case_file f JOIN cases.case_entry e ON e.case_id = f.case_id AND e.seq = 1
        WHERE f.opened_at >= ${since} AND f.channel = 'app'`)
      const byNumber = new Map<string, string[]>()
      for (const row of rows) byNumber.set(row.number, [...(byNumber.get(row.number) ?? []), row.detail])
      const { half } = await ctx.get(sql<{ half: number }>`
        SELECT count(*) AS half FROM cases.case_file f WHERE f.opened_at >= ${since} AND f.channel = 'app' AND NOT (
          (SELECT count(*) FROM cases.case_entry e WHERE e.case_id = f.case_id AND e.seq = 1) = 1
          AND (SELECT count(*) FROM cases.case_clock c WHERE c.case_id = f.case_id) >= 1
          AND (SELECT count(*) FROM base.audit_entry a WHERE a.subject_kind = 'case' AND a.subject_id = f.case_id::text AND a.action = 'cases.open') = 1)`)
      return {
        acknowledged: acknowledged.length,
        inDatabase: rows.length,
        lost: acknowledged.filter(({ number, detail }) => byNumber.get(number)?.[0] !== detail.trim()).map(({ number }) => number),
        doubled: [...byNumber].filter(([, details]) => details.length > 1).map(([number]) => number),
        numbersTwice: acknowledged.length - new Set(acknowledged.map(({ number }) => number)).size,
        halfWritten: half,
        notTheirFold: new Set(projections.faults.map(({ caseId }) => caseId)).size,
      }
    })
  } finally {
    await pool.end()
    await database.stop()
  }
}

/** What is wrong with the verdict, as sentences; empty when the promise held. */
export function faultsOf(verdict: IntakeVerdict): string[] {
  const faults: string[] = []
  if (verdict.lost.length > 0) faults.push(`${verdict.lost.length} acknowledged appeals are missing or changed`)
  if (verdict.doubled.length > 0 || verdict.numbersTwice > 0)
    faults.push(`${verdict.doubled.length + verdict.numbersTwice} numbers stand twice`)
  if (verdict.inDatabase !== verdict.acknowledged) faults.push(`${verdict.inDatabase} cases for ${verdict.acknowledged} acknowledgements`)
  if (verdict.halfWritten > 0) faults.push(`${verdict.halfWritten} cases are half-written`)
  if (verdict.notTheirFold > 0) faults.push(`${verdict.notTheirFold} cases differ from their entries`)
  return faults
}
