import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'

/** One line of a duty list (履行职责事项清单): who answers for a category in an area, by which clause. */
export interface NewDuty {
  category: string
  orgId: string
  areaPath: string
  standing: 'basic' | 'cooperating' | 'withdrawn'
  clauseNo: string
  clause: string
  document: string
  /** Words of residents that point to it. */
  words: readonly string[]
  /** Day in Asia/Shanghai. */
  validFrom: string
}

/** Adds lines to the duty lists. As system. */
export async function addDuties(system: Ctx, duties: readonly NewDuty[]): Promise<void> {
  const rows = duties.map((duty) => ({ ...duty, dutyId: newId(system.now.getTime()) }))
  await system.run(sql`
    INSERT INTO cases.duty (duty_id, category, org_id, area_path, standing, clause_no, clause, document, words, valid_from)
    SELECT d."dutyId", d.category, d."orgId", d."areaPath", d.standing, d."clauseNo", d.clause, d.document,
      ARRAY(SELECT jsonb_array_elements_text(d.words)), d."validFrom"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d("dutyId" uuid, category text, "orgId" uuid, "areaPath" text, standing text,
      "clauseNo" text, clause text, document text, words jsonb, "validFrom" date)`)
}
