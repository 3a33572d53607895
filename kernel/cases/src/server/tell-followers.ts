import { type Subscriber, sql } from '@linli/base/server'
import { type CaseType, findMove } from '../define/case-type.ts'
import type { CasesDeps } from './deps.ts'
import { lockCase, moveUnattended } from './move-case.ts'
import { fillWords } from './public-case.ts'

interface Replied {
  move: string
  data: Record<string, unknown>
  case_type: string
  number: string
}

/** The reply, or the words that its own reporter reads of a step that concerns all who reported it. */
function wordsOf(type: CaseType, { move: key, data }: Replied): string | undefined {
  const move = findMove(type, key)
  const reply = move?.reply && data[move.reply]
  if (typeof reply === 'string') return reply
  return move?.isPassedOn && move.publicText ? fillWords(move.publicText, data) : undefined
}

/** Passes every reply to a matter on to those who reported the same one: nobody who was merged is forgotten. */
export function followersSubscriber(deps: CasesDeps): Subscriber {
  return {
    name: 'cases.followers',
    events: ['case.moved'],
    async apply(system, { payload }) {
      const caseId = String(payload.caseId)
      const followers = await system.rows(sql<{ case_id: string }>`
        SELECT case_id FROM cases.case_file WHERE merged_into = ${caseId} ORDER BY case_id`)
      if (followers.length === 0) return
      const entry = await system.get(sql<Replied>`
        SELECT e.move, e.data, f.case_type, f.number FROM cases.case_entry e JOIN cases.case_file f USING (case_id)
        WHERE e.case_id = ${caseId} AND e.seq = ${Number(payload.seq)}`)
      const type = deps.catalogue.get(entry.case_type)
      const reply = wordsOf(type, entry)
      if (!type.mergedTells || !reply) return
      for (const { case_id } of followers)
        await moveUnattended(system, deps, await lockCase(system, deps, case_id), type.mergedTells, { reply, of: entry.number })
    },
  }
}
