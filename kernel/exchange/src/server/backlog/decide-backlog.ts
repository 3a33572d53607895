import { maskText, newId } from '@linli/base/define'
import { AccessError, type Ctx, may, Refusal, releaseFiles, sql, systemActor } from '@linli/base/server'
import type { BacklogItem, BacklogRow } from '../../contract/backlog.ts'
import type { ExchangeDeps } from '../deps.ts'
import { ExchangeError } from '../errors.ts'
import { backlogRow, isInOwnArea, type Payload, readItems, type StoredItem } from './backlog-rows.ts'

type Deps = Pick<ExchangeDeps, 'backlog' | 'vault'>

/** One item with what it would write, for whoever decides about it; opening it is on record. */
export async function viewBacklog(ctx: Ctx, { vault }: Deps, backlogId: string): Promise<BacklogItem> {
  const item = await getItem(ctx, backlogId)
  const { params, body, attachments } = openPayload(vault, item)
  ctx.audit({ action: 'exchange.backlog_view', subjectKind: 'backlog', subjectId: backlogId, detail: { kind: item.kind } })
  return { ...backlogRow(item), facts: factsOf({ ...params, ...body }), photos: attachments.length }
}

/** Takes it over, in the own name and by the own rights, or refuses it with a reason. Either way the sealed copy goes. */
export async function decideBacklog(
  ctx: Ctx,
  deps: Deps,
  backlogId: string,
  { accept, reason }: { accept: boolean; reason: string },
): Promise<BacklogRow> {
  const item = await getItem(ctx, backlogId, sql`FOR UPDATE OF b`)
  if (item.state !== 'waiting') throw ExchangeError('backlog_decided')
  if (!accept && [...reason].length < 2)
    throw ExchangeError('backlog_reason_missing', { fields: [{ path: 'reason', message: '请写明退回的理由' }] })
  await ctx.as(systemActor, (system) => releaseFiles(system, { ownerKind: 'backlog', ownerId: backlogId }))
  const outcomeId = accept ? await write(ctx, deps, item) : null
  const { accountId, displayName } = ctx.actor
  await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE exchange.backlog_item SET state = ${accept ? 'accepted' : 'rejected'}, sealed = NULL, decided_at = ${ctx.now}, decided_by = ${accountId},
        decided_name = ${displayName ?? ''}, reason = ${reason || null}, outcome_id = ${outcomeId}::uuid
      WHERE backlog_id = ${backlogId}`),
  )
  ctx.audit({
    action: accept ? 'exchange.backlog_accept' : 'exchange.backlog_reject',
    subjectKind: 'backlog',
    subjectId: backlogId,
    detail: { kind: item.kind, ...(reason && { reason }), ...(outcomeId && { outcomeId }) },
  })
  return backlogRow(await getItem(ctx, backlogId))
}

async function getItem(ctx: Ctx, backlogId: string, lock = sql``): Promise<StoredItem> {
  const [item] = await readItems(ctx, sql`b.backlog_id = ${backlogId}::uuid AND ${isInOwnArea(ctx)}`, lock)
  if (!item) throw ExchangeError('backlog_unknown')
  return item
}

function openPayload(vault: Deps['vault'], { sealed }: StoredItem): Payload {
  return sealed ? (JSON.parse(vault.open(sealed)) as Payload) : { params: {}, body: {}, attachments: [] }
}

const shanghai = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

async function write(ctx: Ctx, { backlog, vault }: Deps, item: StoredItem): Promise<string | null> {
  const kind = backlog.find(({ key }) => key === item.kind)
  if (!kind || !may(ctx.actor, kind.permission)) throw AccessError('forbidden')
  const { params, body } = openPayload(vault, item)
  const note = `（${item.by_name} ${shanghai.format(item.made_at)} 记下，发出时已不在岗，审核后补录）`
  const asked = { ...body, requestId: newId(ctx.now.getTime()) }
  // What an earlier release took in may no longer be what this one writes.
  if (!kind.params.safeParse(params).success || !kind.body.safeParse(asked).success) throw ExchangeError('backlog_refused')
  try {
    return await kind.write(ctx, params, asked, note)
  } catch (error) {
    // What the matter, the file or the alarm has to say against it is for whoever decides: it stays and may still be refused.
    if (error instanceof Refusal) throw ExchangeError('backlog_refused', { detail: error.more.detail ?? error.code })
    throw error
  }
}

const mostFacts = 40
const hidden = /^(requestId|.*Id|seenSeq|expectedSeq|attachments|areaCode|channel|kind)$/

/** What somebody wrote, key by key, for reading: no ids, and numbers of telephones and cards masked. */
function factsOf(body: Record<string, unknown>): BacklogItem['facts'] {
  const facts: BacklogItem['facts'] = []
  for (const [key, value] of Object.entries(body)) {
    if (hidden.test(key) || value === '' || value === null || value === undefined) continue
    if (Array.isArray(value)) for (const one of value) facts.push(...(isRecord(one) ? factsOf(one) : []))
    else if (isRecord(value)) facts.push(...factsOf(value))
    else facts.push({ key, value: maskText(String(value)) })
  }
  return facts.slice(0, mostFacts)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
