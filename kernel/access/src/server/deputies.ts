import { dayOf, formatDay, newId, parseDay } from '@linli/base/define'
import { type Ctx, may, type Statement, sql, systemActor } from '@linli/base/server'
import type { Deputy } from '../contract/deputies.ts'
import { AccountError } from './account-error.ts'
import { livePost } from './find-posts.ts'

const longestDays = 366
const most = 200

const columns: Statement = sql`d.deputy_id AS "deputyId", d.post_id AS "postId", p.role_key AS role, r.name AS "roleName", ar.name AS "areaName",
  o.name AS "orgName", holder.display_name AS "holderName", other.display_name AS "deputyName", d.reason, d.valid_from AS "from", d.valid_to AS until,
  d.ended_at AS "endedAt", d.holder_id AS "holderId", d.area_path AS "areaPath"`
const names: Statement = sql`JOIN access.post p ON p.post_id = d.post_id JOIN access.role r ON r.role_key = p.role_key JOIN access.area ar ON ar.area_id = p.area_id
  JOIN access.organization o ON o.org_id = d.org_id JOIN access.account holder ON holder.account_id = d.holder_id
  JOIN access.account other ON other.account_id = d.account_id`

interface Row extends Omit<Deputy, 'state' | 'mayEnd'> {
  endedAt: Date | null
  holderId: string
  areaPath: string
}

/** What the actor may know of: his own, where he stands in, his colleagues', and for administrators those of their area. The latest first. */
export async function listDeputies(ctx: Ctx): Promise<Deputy[]> {
  const seen = await ctx.rows(
    sql<{ id: string }>`SELECT deputy_id AS id FROM access.post_deputy ORDER BY valid_from DESC, deputy_id LIMIT ${most}`,
  )
  return present(
    ctx,
    seen.map(({ id }) => id),
  )
}

async function present(ctx: Ctx, ids: readonly string[]): Promise<Deputy[]> {
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(
      sql<Row>`SELECT ${columns} FROM access.post_deputy d ${names} WHERE d.deputy_id = ANY (${ids}::uuid[]) ORDER BY d.valid_from DESC, d.deputy_id`,
    ),
  )
  const today = formatDay(dayOf(ctx.now.getTime()))
  return rows.map(({ endedAt, holderId, areaPath, ...row }) => {
    const running = row.until < today ? 'over' : row.from > today ? 'planned' : 'now'
    const state = endedAt ? 'ended' : running
    return { ...row, state, mayEnd: (state === 'planned' || state === 'now') && isResponsible(ctx, { holderId, areaPath }) }
  })
}

/** Whoever holds the post decides who stands in for him; where he cannot any more, whoever administers the area. */
const isResponsible = ({ actor }: Ctx, { holderId, areaPath }: { holderId: string; areaPath: string }): boolean =>
  holderId === actor.accountId || (may(actor, 'access.administer') && actor.areaPath !== null && areaPath.startsWith(actor.areaPath))

/** The post, when the actor is responsible for who stands in there; a post of others and one that never was are the same 404. */
async function getPost(ctx: Ctx, postId: string): Promise<{ holderId: string; orgId: string; areaPath: string }> {
  const post = await ctx.as(systemActor, (system) =>
    system.find(sql<{ holderId: string; orgId: string; areaPath: string }>`
      SELECT p.account_id AS "holderId", p.org_id AS "orgId", p.area_path AS "areaPath" FROM access.post p JOIN access.account a USING (account_id)
      WHERE p.post_id = ${postId}::uuid AND p.separation = 'work' AND ${livePost(ctx.now)}`),
  )
  if (!post || !isResponsible(ctx, post)) throw AccountError('post_unknown', { detail: '没有这个岗位，或不由您安排代班' })
  return post
}

/** Who works in the organization of the post, but for its holder. */
export async function listStandIns(ctx: Ctx, postId: string): Promise<{ accountId: string; name: string; roleName: string }[]> {
  const { orgId, holderId } = await getPost(ctx, postId)
  return ctx.as(systemActor, (system) =>
    system.rows(sql<{ accountId: string; name: string; roleName: string }>`
      SELECT a.account_id AS "accountId", a.display_name AS name, string_agg(DISTINCT r.name, '、') AS "roleName"
      FROM access.post p JOIN access.account a USING (account_id) JOIN access.role r USING (role_key)
      WHERE p.org_id = ${orgId}::uuid AND p.separation = 'work' AND a.account_id <> ${holderId}::uuid AND ${livePost(ctx.now)}
      GROUP BY a.account_id, a.display_name ORDER BY a.display_name, a.account_id LIMIT ${most}`),
  )
}

export interface DeputyWanted {
  accountId: string
  from: string
  until: string
  reason: Deputy['reason']
}

/** Sets who stands in for the holder of a post, for some days. He acts in it under his own name, and both are told. */
export async function setDeputy(ctx: Ctx, postId: string, { accountId, from, until, reason }: DeputyWanted): Promise<Deputy> {
  const { areaPath } = await getPost(ctx, postId)
  const unfit = (path: string, message: string) => AccountError('deputy_unfit', { detail: message, fields: [{ path, message }] })
  if (from < formatDay(dayOf(ctx.now.getTime()))) throw unfit('from', '从今天或以后开始')
  if (until < from) throw unfit('until', '结束不能早于开始')
  if (parseDay(until)! - parseDay(from)! >= longestDays) throw unfit('until', '一次最多一年')
  const standIns = await listStandIns(ctx, postId)
  if (!standIns.some((one) => one.accountId === accountId)) throw unfit('accountId', '要选同一单位在岗的人')
  const deputyId = newId(ctx.now.getTime())
  try {
    await ctx.as(systemActor, (system) =>
      system.run(sql`
        INSERT INTO access.post_deputy (deputy_id, post_id, holder_id, account_id, org_id, area_path, reason, valid_from, valid_to, made_at, made_by)
        SELECT ${deputyId}::uuid, post_id, account_id, ${accountId}::uuid, org_id, area_path, ${reason}, ${from}::date, ${until}::date, ${ctx.now}::timestamptz,
          ${ctx.actor.accountId}::uuid FROM access.post WHERE post_id = ${postId}::uuid`),
    )
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'deputy_one_at_a_time')
      throw AccountError('deputy_taken', { fields: [{ path: 'from', message: '这几天已经有人代班' }] })
    throw error
  }
  ctx.audit({ action: 'access.deputy_set', subjectKind: 'post', subjectId: postId, areaPath, detail: { accountId, from, until, reason } })
  ctx.emit('access.deputy_set', { deputyId })
  const [made] = await present(ctx, [deputyId])
  return made!
}

/** Ends it before its day: whoever stands in is out of the post at once. */
export async function endDeputy(ctx: Ctx, deputyId: string): Promise<void> {
  const row = await ctx.as(systemActor, (system) =>
    system.find(sql<{ holderId: string; areaPath: string; postId: string; accountId: string }>`
      SELECT holder_id AS "holderId", area_path AS "areaPath", post_id AS "postId", account_id AS "accountId" FROM access.post_deputy
      WHERE deputy_id = ${deputyId}::uuid AND ended_at IS NULL AND valid_to >= (${ctx.now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date`),
  )
  if (!row || !isResponsible(ctx, row)) throw AccountError('deputy_unknown')
  await ctx.as(systemActor, async (system) => {
    await system.run(
      sql`UPDATE access.post_deputy SET ended_at = ${ctx.now}, ended_by = ${ctx.actor.accountId}::uuid WHERE deputy_id = ${deputyId}::uuid`,
    )
    await system.run(sql`
      UPDATE access.session SET revoked_at = ${ctx.now} WHERE post_id = ${row.postId}::uuid AND account_id = ${row.accountId}::uuid AND revoked_at IS NULL`)
  })
  ctx.audit({
    action: 'access.deputy_ended',
    subjectKind: 'post',
    subjectId: row.postId,
    areaPath: row.areaPath,
    detail: { accountId: row.accountId },
  })
  ctx.emit('access.deputy_ended', { deputyId })
}
