import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { CaseType } from '../define/case-type.ts'
import { openState } from '../define/fold.ts'
import { type Contact, codeHash, codeOf, sealContact, tailHash, tailOf } from './contact.ts'
import type { CasesDeps, Place } from './deps.ts'
import { CaseError } from './errors.ts'
import { project } from './project.ts'

export interface Opening {
  type: CaseType
  place: Place
  channel: string
  detail: string
  title?: string | undefined
  category?: string | undefined
  appealType?: string | undefined
  placeText?: string | undefined
  position?: { lon: number; lat: number } | undefined
  contact?: Contact | undefined
  attachments?: string[] | undefined
}

export interface Opened {
  caseId: string
  number: string
  code: string
}

/** Takes a matter in: file, first entry and clocks in one statement, the number without a lock. The caller's transaction adds event and audit. */
export async function openCase(ctx: Ctx, deps: CasesDeps, opening: Opening): Promise<Opened> {
  const { type, place } = opening
  if (opening.category && !deps.catalogue.categories.some((category) => category.key === opening.category)) {
    throw CaseError('category_unknown', { detail: '没有这个类别', fields: [{ path: 'category', message: '请从类别列表里选' }] })
  }
  const caseId = newId(ctx.now.getTime())
  const code = codeOf(deps.vault, caseId)
  const contact = await sealContact(ctx, deps, opening.contact)
  if (opening.attachments?.length) {
    const files = { fileIds: opening.attachments, ownerKind: 'case', ownerId: caseId, areaPath: place.areaPath }
    if (!(await deps.adoptFiles(ctx, files))) {
      throw CaseError('attachment_unknown', {
        detail: '有附件找不到了，请重新上传',
        fields: [{ path: 'attachments', message: '请重新上传' }],
      })
    }
  }
  const title = opening.title ?? titleOf(opening.detail)
  const data = {
    title,
    detail: opening.detail,
    category: opening.category ?? null,
    appealType: opening.appealType ?? null,
    channel: opening.channel,
    place: opening.placeText ?? null,
    position: opening.position ?? null,
    attachments: opening.attachments ?? [],
    contact: contact ?? null,
  }
  const state = openState(type, { seq: 1, move: 'open', data, at: ctx.now, accountId: ctx.actor.accountId, orgId: ctx.actor.orgId })
  const row = project(type, state, deps.calendar())
  const reporterSealed = opening.appealType === 'report'
  const { serial } = await ctx.get(sql<{ serial: number }>`SELECT nextval('cases.case_number') AS serial`)
  const number = numberOf(ctx.now, serial)
  await ctx.run(sql`
    WITH file AS (
      INSERT INTO cases.case_file (case_id, number, kind, case_type, title, category, appeal_type, channel, place, lon, lat, area_id, area_path,
        county_id, township_id, community_id, cell_id, stage, queue, status, holder, seq, opened_at, clock_key, clock_started_at, due_at, amber_at,
        contact_key_id, reporter_sealed, tail_hash, code_hash)
      VALUES (${caseId}, ${number}, ${type.kind}, ${type.key}, ${title}, ${row.category}, ${row.appealType}, ${opening.channel},
        ${opening.placeText ?? null}, ${opening.position?.lon ?? null}, ${opening.position?.lat ?? null}, ${place.areaId}, ${place.areaPath},
        ${place.countyId}, ${place.townshipId}, ${place.communityId}, ${place.cellId}, ${row.stage}, ${row.queue}, ${row.status}, ${row.holder}, 1, ${ctx.now},
        ${row.clockKey}, ${row.clockStartedAt}, ${row.dueAt}, ${row.amberAt}, ${contact?.keyId ?? null}, ${reporterSealed},
        ${tailHash(deps.vault, number, tailOf(opening.contact, code))}, ${codeHash(deps.vault, code)})
    ), clocks AS (
      INSERT INTO cases.case_clock (case_id, clock_key, round, org_id, started_at, due_at, amber_at, next_level, next_notice_at)
      SELECT ${caseId}, c.key, c.round, c."orgId", c."startedAt", c."dueAt", c."amberAt", c."nextLevel", c."nextNoticeAt"
      FROM jsonb_to_recordset(${JSON.stringify(row.clocks)}::jsonb) AS c(key text, round integer, "orgId" uuid, "startedAt" timestamptz,
        "dueAt" timestamptz, "amberAt" timestamptz, "nextLevel" integer, "nextNoticeAt" timestamptz)
    )
    INSERT INTO cases.case_entry (case_id, seq, move, stage, data, account_id, post_id, org_id, made_at)
    VALUES (${caseId}, 1, 'open', ${row.stage}, ${JSON.stringify(data)}::jsonb, ${ctx.actor.accountId}, ${ctx.actor.postId}, ${ctx.actor.orgId}, ${ctx.now})`)
  ctx.emit('case.opened', { caseId, kind: type.kind, areaPath: place.areaPath, stage: row.stage, seq: 1 })
  ctx.audit({
    action: 'cases.open',
    subjectKind: 'case',
    subjectId: caseId,
    areaPath: place.areaPath,
    detail: { channel: opening.channel, type: type.key },
  })
  return { caseId, number, code }
}

/** `20261122-000318`: the day in Shanghai and a serial that never repeats. */
function numberOf(now: Date, serial: number): string {
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  return `${day}-${String(serial).padStart(6, '0')}`
}

/** The first sentence of the words, cut at 80 characters without halving one. */
export function titleOf(detail: string): string {
  const text = detail.trim()
  const [sentence] = text.split(/(?<=[。！？!?；;\n])/u)
  return Array.from((sentence ?? text).replace(/[。\s]+$/u, '').trim() || text)
    .slice(0, 80)
    .join('')
}
