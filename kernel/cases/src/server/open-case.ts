import { dayOf, formatDay, newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { parseForm } from '@linli/forms/define'
import type { CaseType } from '../define/case-type.ts'
import { openState } from '../define/fold.ts'
import type { CasesDeps, Place } from './deps.ts'
import { CaseError, wrongData } from './errors.ts'
import { project } from './project.ts'
import { type Contact, codeHash, codeOf, sealContact, tailHash, tailOf } from './residents/contact.ts'

export interface Opening {
  type: CaseType
  place: Place
  channel: string
  detail: string
  title?: string | undefined
  category?: string | undefined
  appealType?: string | undefined
  level?: string | undefined
  /** When it happened, where that is known. */
  occurredAt?: string | undefined
  placeText?: string | undefined
  position?: { lon: number; lat: number } | undefined
  contact?: Contact | undefined
  attachments?: string[] | undefined
  /** What only a request for assistance says, and what the platform found beside it. */
  asked?: Readonly<Record<string, unknown>>
}

export interface Opened {
  caseId: string
  number: string
  code: string
}

/** Takes a matter in: number, file, first entry and clocks in one statement and without a lock. The caller's transaction adds event and audit. */
export async function openCase(ctx: Ctx, deps: CasesDeps, opening: Opening): Promise<Opened> {
  const { type, place } = opening
  checkOpening(ctx, deps, opening)
  const caseId = newId(ctx.now.getTime())
  const code = codeOf(deps.vault, caseId)
  const attachments = [...new Set(opening.attachments)]
  if (attachments.length > 0) {
    const files = { fileIds: attachments, ownerKind: 'case', ownerId: caseId, areaPath: place.areaPath }
    if (!(await deps.adoptFiles(ctx, files))) {
      throw CaseError('attachment_unknown', {
        detail: '有附件找不到了，请重新上传',
        fields: [{ path: 'attachments', message: '请重新上传' }],
      })
    }
  }
  const contact = await sealContact(ctx, deps, opening.contact)
  const title = opening.title ?? titleOf(opening.detail)
  const data = {
    title,
    detail: opening.detail,
    category: opening.category ?? null,
    appealType: opening.appealType ?? null,
    ...factsOf(opening),
    ...opening.asked,
    channel: opening.channel,
    place: opening.placeText ?? null,
    position: opening.position ?? null,
    attachments,
    contact: contact ?? null,
  }
  const state = openState(type, { seq: 1, move: 'open', data, at: ctx.now, accountId: ctx.actor.accountId, orgId: ctx.actor.orgId })
  const row = project(type, state, deps.calendar())
  const { number } = await ctx.get(sql<{ number: string }>`
    WITH serial AS MATERIALIZED (
      SELECT ${dayIn(ctx.now)}::text || '-' || lpad(n::text, greatest(6, length(n::text)), '0') AS number FROM nextval('cases.case_number') AS n
    ), file AS (
      INSERT INTO cases.case_file (case_id, number, kind, case_type, title, category, appeal_type, level, channel, place, lon, lat, area_id, area_path,
        county_id, township_id, community_id, cell_id, stage, queue, status, holder, seq, opened_at, clock_key, clock_started_at, due_at, amber_at,
        outer_due_at, contact_key_id, reporter_sealed, figures, running_due, known_in, tail_hash, code_hash)
      SELECT ${caseId}::uuid, number, ${type.kind}, ${type.key}, ${title}, ${row.category}, ${row.appealType}, ${row.level}, ${opening.channel},
        ${opening.placeText ?? null}, ${opening.position?.lon ?? null}::float8, ${opening.position?.lat ?? null}::float8, ${place.areaId}::uuid, ${place.areaPath},
        ${place.countyId}::uuid, ${place.townshipId}::uuid, ${place.communityId}::uuid, ${place.cellId}::uuid, ${row.stage}, ${row.queue}, ${row.status},
        ${row.holder}, 1, ${ctx.now}::timestamptz, ${row.clockKey}, ${row.clockStartedAt}::timestamptz, ${row.dueAt}::timestamptz, ${row.amberAt}::timestamptz,
        ${row.outerDueAt}::timestamptz, ${contact?.keyId ?? null}::uuid, ${row.reporterSealed}::boolean,
        ${row.figures}, ${row.runningDue}::timestamptz[], ${row.knownIn}::integer, ${tailHash(deps.vault, caseId, tailOf(opening.contact, code))}::bytea, ${codeHash(deps.vault, code)}::bytea
      FROM serial
    ), clocks AS (
      INSERT INTO cases.case_clock (case_id, clock_key, round, org_id, started_at, due_at, amber_at, next_level, next_notice_at)
      SELECT ${caseId}::uuid, c.key, c.round, c."orgId", c."startedAt", c."dueAt", c."amberAt", c."nextLevel", c."nextNoticeAt"
      FROM jsonb_to_recordset(${JSON.stringify(row.clocks)}::jsonb) AS c(key text, round integer, "orgId" uuid, "startedAt" timestamptz,
        "dueAt" timestamptz, "amberAt" timestamptz, "nextLevel" integer, "nextNoticeAt" timestamptz)
    ), entry AS (
      INSERT INTO cases.case_entry (case_id, seq, move, stage, data, account_id, post_id, org_id, made_at)
      VALUES (${caseId}, 1, 'open', ${row.stage}, ${JSON.stringify(data)}::jsonb, ${ctx.actor.accountId}, ${ctx.actor.postId}, ${ctx.actor.orgId}, ${ctx.now})
    )
    SELECT number FROM serial`)
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

/** What only some kinds of work have stands in the log where it was given. */
const factsOf = ({ level, occurredAt }: Opening) => ({ ...(level && { level }), ...(occurredAt && { occurredAt }) })

/** The category is one of its kind of work; what else the type's own form asks of an opening is there and fits. */
function checkOpening(ctx: Ctx, deps: CasesDeps, { type, category, appealType, level, occurredAt, contact }: Opening): void {
  if (category && !deps.catalogue.categoriesOf(type.key).some(({ key }) => key === category)) {
    throw CaseError('category_unknown', { fields: [{ path: 'category', message: '请从类别列表里选' }] })
  }
  if (contact?.agent && !contact.name) throw wrongData({ path: 'contact.name', message: '代办请写明替谁办' })
  if (appealType && type.kind !== 'appeal') throw wrongData({ path: 'appealType', message: '只有诉求分诉求类型' })
  const fields = type.form.fields.filter(({ key }) => key === 'category' || key === 'level' || key === 'occurredAt')
  const given = Object.entries({ category, level, occurredAt }).filter(
    ([key, value]) => value && (key !== 'category' || fields.some((field) => field.key === key)),
  )
  const parsed = parseForm({ fields }, Object.fromEntries(given), ctx.now)
  if (!parsed.ok) throw wrongData(...parsed.problems.map(({ path, message }) => ({ path: path.replace('data.', ''), message })))
}

/** `20261122-000318`: the day in Shanghai and a serial that never repeats. Reads as the number that `openCase` lets the database make. */
export function numberOf(now: Date, serial: number): string {
  return `${dayIn(now)}-${String(serial).padStart(6, '0')}`
}

const dayIn = (now: Date): string => formatDay(dayOf(now.getTime())).replaceAll('-', '')

/** The first sentence of the words, cut at 80 characters without halving one. */
export function titleOf(detail: string): string {
  const text = detail.trim()
  const [sentence] = text.split(/(?<=[。！？!?；;\n])/u)
  return Array.from((sentence ?? text).replace(/[。\s]+$/u, '').trim() || text)
    .slice(0, 80)
    .join('')
}
