import { sql, systemActor, transact } from '@linli/base/server'
import type { CasesDeps } from '../deps.ts'
import { rebuildCase } from '../rebuild.ts'

const page = 200

/** Counts the files that an older version left uncounted, from their entries, each in a transaction of its own. Answers how many. */
export async function fillFigures(deps: CasesDeps): Promise<number> {
  let filled = 0
  for (;;) {
    const rows = await transact(deps, systemActor, (system) =>
      system.rows(sql<{ case_id: string }>`SELECT case_id FROM cases.case_file WHERE figures IS NULL LIMIT ${page}`),
    )
    for (const { case_id } of rows) await transact(deps, systemActor, (system) => rebuildCase(system, deps, case_id))
    filled += rows.length
    if (rows.length < page) return filled
  }
}
