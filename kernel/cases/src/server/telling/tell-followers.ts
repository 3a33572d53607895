import { type Ctx, type Subscriber, sql } from '@linli/base/server'
import { type CaseType, findMove } from '../../define/case-type.ts'
import type { CasesDeps } from '../deps.ts'
import { lockCase } from '../lock-case.ts'
import { moveUnattended } from '../move-case.ts'
import { fillWords } from '../residents/public-case.ts'

interface Moved {
  move: string
  stage: string
  data: Record<string, unknown>
  made_at: Date
  case_type: string
  number: string
  main_org_id: string | null
  merged_into: string | null
}

interface Follower {
  case_id: string
  stage: string
}

/** The reply, or the words that its own reporter reads of a step that concerns all who reported it. */
function wordsOf(type: CaseType, { move: key, data }: Pick<Moved, 'move' | 'data'>): string | undefined {
  const move = findMove(type, key)
  const reply = move?.reply && data[move.reply]
  if (typeof reply === 'string') return reply
  return move?.isPassedOn && move.publicText ? fillWords(move.publicText, data) : undefined
}

/**
 * Passes every reply to a matter on to those who reported the same one, and ends theirs with it, so that each of them rates: nobody who was
 * merged is forgotten. Who came after the reply is told of it at once.
 */
export function followersSubscriber(deps: CasesDeps): Subscriber {
  return {
    name: 'cases.followers',
    events: ['case.moved'],
    async apply(system, { payload }) {
      const caseId = String(payload.caseId)
      const moved = await system.get(sql<Moved>`
        SELECT e.move, e.stage, e.data, e.made_at, f.case_type, f.number, f.main_org_id, f.merged_into
        FROM cases.case_entry e JOIN cases.case_file f USING (case_id) WHERE e.case_id = ${caseId} AND e.seq = ${Number(payload.seq)}`)
      const type = deps.catalogue.get(moved.case_type)
      if (moved.merged_into && merges(type, moved.move)) await tellOfReply(system, deps, type, caseId, moved)
      const reply = wordsOf(type, moved)
      const ends = isEnd(type, moved.stage) && payload.from !== moved.stage
      if (!reply && !ends) return
      const followers = await system.rows(sql<Follower>`
        SELECT case_id, stage FROM cases.case_file WHERE merged_into = ${caseId} ORDER BY case_id`)
      for (const follower of followers) {
        if (reply) await step(system, deps, type, follower, type.mergedTells, { reply, of: moved.number })
        if (ends && moved.main_org_id)
          await step(system, deps, type, follower, type.mergedEnds, { of: moved.number, orgId: moved.main_org_id })
      }
    },
  }
}

/** The rest is the resident's: the stage in which a matter is rated. */
const isEnd = (type: CaseType, stage: string): boolean =>
  type.rating !== undefined && findMove(type, type.rating.move)?.from.includes(stage) === true

const merges = (type: CaseType, key: string): boolean => findMove(type, key)?.effects?.some(({ does }) => does === 'merge') ?? false

/** One step of the platform on a follower; one that goes its own way by now (reopened, put right after a bad rating) is left alone. */
async function step(
  system: Ctx,
  deps: CasesDeps,
  type: CaseType,
  follower: Follower,
  key: string | undefined,
  data: object,
): Promise<void> {
  const move = key ? findMove(type, key) : undefined
  if (!move?.from.includes(follower.stage)) return
  await moveUnattended(system, deps, await lockCase(system, deps, follower.case_id), move.key, data)
}

/** The reply that stands when somebody joins: what comes later is passed on as it comes. */
async function tellOfReply(system: Ctx, deps: CasesDeps, type: CaseType, caseId: string, joined: Moved): Promise<void> {
  const replies = type.moves.filter((move) => move.reply && move.by === 'main').map(({ key }) => key)
  const said = await system.find(sql<Pick<Moved, 'move' | 'data' | 'number'>>`
    SELECT e.move, e.data, f.number FROM cases.case_file f JOIN cases.case_entry e USING (case_id)
    WHERE f.case_id = ${joined.merged_into}::uuid AND f.status = 'open' AND f.queue IN ('followUp', 'rectify', 'verify')
      AND e.move = ANY (${replies}::text[]) AND e.made_at <= ${joined.made_at} ORDER BY e.seq DESC LIMIT 1`)
  const reply = said && wordsOf(type, said)
  if (said && reply) await step(system, deps, type, { case_id: caseId, stage: joined.stage }, type.mergedTells, { reply, of: said.number })
}
