import { sql } from '@linli/base/server'
import type { ErasureHold } from '@linli/registry/server'

/** Matters that a person reported or that are about the person, not yet closed: the file stays until they are. */
export const openMatterHold: ErasureHold = {
  said: (count) => `还有 ${count} 件没有办结的事项`,
  async count(system, personIds) {
    const { open } = await system.get(sql<{ open: number }>`
      SELECT count(*)::int AS open FROM cases.case_file f WHERE f.status = 'open' AND f.case_id IN (
        SELECT case_id FROM cases.case_person WHERE person_id = ANY (${personIds}::uuid[])
        UNION SELECT case_id FROM cases.case_subject WHERE kind = 'person' AND subject_id = ANY (${personIds}::uuid[]))`)
    return open
  },
}
