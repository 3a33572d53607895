import type { Writable } from 'node:stream'
import type pg from 'pg'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import { type Client, isRetryable } from './database.ts'
import { Refusal } from './errors.ts'
import { type Statement, sql } from './sql.ts'

/** A line of the audit trail. `detail` holds no personal values: names of fields, not their contents. */
export interface AuditLine {
  action: string
  subjectKind?: string
  subjectId?: string
  areaPath?: string | null
  purpose?: string | null
  detail?: Record<string, unknown>
}

/** What a piece of work gets: the transaction of one acting post, one instant, and a way to tell others afterwards. */
export interface Ctx {
  readonly actor: Actor
  readonly now: Date
  readonly traceId: string
  /** Where the request came from; null for work that nobody asked for over the network. */
  readonly address: string | null
  rows<R>(statement: Statement<R>): Promise<R[]>
  /** The first row or undefined. */
  find<R>(statement: Statement<R>): Promise<R | undefined>
  /** The only row; a missing one is a bug of ours, not of the caller. */
  get<R>(statement: Statement<R>): Promise<R>
  /** Number of rows changed. */
  run(statement: Statement): Promise<number>
  /** An event, written to the outbox in this transaction. */
  emit(event: string, payload: Record<string, unknown>): void
  audit(line: AuditLine): void
  /** Runs only when the transaction has committed. */
  afterCommit(task: () => void): void
  /** What must be kept even though the request is refused (a wrong try, an audit line): runs after the rollback, in a transaction of its own. */
  onRefusal(actor: Actor, work: (ctx: Ctx) => Promise<unknown>): void
  /**
   * Commits what was written so far, whatever becomes of the request, and goes on in a new transaction under the same scope. For what
   * must be counted before anybody else looks (`onRefusal` comes after the locks are gone); nothing may have been written that the
   * request could still take back.
   */
  commitSoFar(): Promise<void>
  /** Work of the same request under another actor, in the same transaction (scope changes with it, and back). */
  as<T>(actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T>
}

/** The stored answer that makes a write idempotent; written in the transaction of the work itself. */
export interface StoredAnswer {
  requestId: string
  bodyHash: Buffer
  sealedResult: Buffer
}

export interface TransactionDeps {
  pool: pg.Pool
  clock: Clock
  /** Called once after a commit that wrote events, with their names. */
  wake?: (events: ReadonlySet<string>) => void
  /** Hears every event of a transaction of this process once it has committed; for counting, not for acting. */
  told?: (event: string, payload: Record<string, unknown>) => void
}

export interface TransactionOptions {
  traceId?: string
  address?: string
  purpose?: string | null
  /**
   * For a page of a list, whose plan is known to be the same whatever is asked: statements are planned once per connection and not for their
   * values, and read by one process. The workers of a parallel plan would each read on far past the thirty rows that are wanted.
   */
  isPage?: boolean
  /** For work that asks one thing and writes nothing: opening, question and COMMIT leave in one packet. A second question is a bug. */
  asksOnce?: boolean
  /** Asked after the work; its answer is stored with the same commit. */
  answer?: () => StoredAnswer | undefined
}

const attempts = 3

/**
 * Runs the work in one transaction under the actor's scope. State, events, audit and stored answer commit together or not at all.
 * A deadlock or serialization failure runs the work again; any other error rolls back and is thrown.
 */
export async function transact<T>(
  deps: TransactionDeps,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transactOnce(deps, actor, work, options)
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error
    }
  }
}

async function transactOnce<T>(
  deps: TransactionDeps,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const client = await deps.pool.connect()
  const pending = new Pending()
  let broken: Error | undefined
  const opening = `BEGIN; ${settings(client, actor, options.purpose)}${options.isPage ? `; ${forPage}` : ''}`
  const opened = options.asksOnce ? openUnheard(client, opening) : client.query(opening)
  try {
    if (!options.asksOnce) await opened
    const ctx = makeCtx(client, actor, deps.clock.now(), options, pending)
    const result = await work(options.asksOnce ? asOnce(client, ctx, pending) : ctx)
    await pending.flush(client, ctx, options.answer?.())
    await (pending.ended ?? client.query('COMMIT'))
    pending.committed(deps)
    return result
  } catch (error) {
    try {
      await client.query('ROLLBACK')
      if (error instanceof Refusal) await pending.refused(client, deps, options)
    } catch (rollbackError) {
      broken = rollbackError as Error
    }
    // What went out behind an opening that failed says only that it came too late.
    throw await opened.then(
      () => error,
      (cause: unknown) => cause,
    )
  } finally {
    client.release(broken)
  }
}

/**
 * Opens the transaction without waiting for the answer: it leaves in one packet with what the work asks. Should it fail, so does what follows:
 * no transaction, and a login that may read nothing by itself.
 */
function openUnheard(client: Client, opening: string): Promise<unknown> {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  const opened = client.query(opening)
  opened.catch(() => {})
  return opened
}

/** The first question is the last: COMMIT follows it in the same packet. */
function asOnce(client: Client, ctx: Ctx, pending: Pending): Ctx {
  return {
    ...ctx,
    rows: (statement) => {
      if (pending.ended !== undefined) throw new Error(`asked a second time: ${statement.text.slice(0, 120)}`)
      const rows = ctx.rows(statement)
      pending.ended = client.query('COMMIT')
      pending.ended.catch(() => {})
      return rows
    },
  }
}

/** Who acts, as the settings that every policy reads; unset is the empty text. */
export function settingsOf(actor: Actor, purpose?: string | null): Record<string, string> {
  return {
    role: actor.databaseRole,
    'app.sender': actor.sender,
    'app.reach': actor.reach,
    'app.account_id': actor.accountId ?? '',
    'app.post_id': actor.postId ?? '',
    'app.org_id': actor.orgId ?? '',
    'app.area_id': actor.areaId ?? '',
    'app.area_path': actor.areaPath ?? '',
    'app.auditor': actor.permissions.has('audit.read') ? 'yes' : '',
    // For policies that hang on a right; no permission contains a space.
    'app.permissions': [...actor.permissions].join(' '),
    'app.purpose': purpose ?? '',
  }
}

/** One statement for all settings, whose answer is one number and not a column for each. Values are quoted by the driver. */
function settings(client: Client, actor: Actor, purpose: string | null | undefined): string {
  const calls = Object.entries(settingsOf(actor, purpose)).map(
    ([key, value]) => `set_config('${key}', ${client.escapeLiteral(value)}, true)`,
  )
  return `SELECT num_nonnulls(${calls.join(', ')})`
}

const forPage = 'SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL max_parallel_workers_per_gather = 0'

function makeCtx(client: Client, actor: Actor, now: Date, options: TransactionOptions, pending: Pending): Ctx {
  const traceId = options.traceId ?? crypto.randomUUID()
  const query = async <R>(statement: Statement<R>) => client.query({ name: statement.name, text: statement.text, values: statement.values })
  const ctx: Ctx = {
    actor,
    now,
    traceId,
    address: options.address ?? null,
    rows: async (statement) => (await query(statement)).rows,
    find: async (statement) => (await query(statement)).rows[0],
    get: async (statement) => {
      const { rows } = await query(statement)
      if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${statement.text.slice(0, 120)}`)
      return rows[0]
    },
    run: async (statement) => (await query(statement)).rowCount ?? 0,
    emit: (event, payload) => pending.events.push({ event, payload }),
    audit: (line) => pending.lines.push({ line, actor, purpose: line.purpose ?? options.purpose ?? null }),
    afterCommit: (task) => pending.tasks.push(task),
    onRefusal: (other, work) => pending.refusals.push({ actor: other, work }),
    commitSoFar: async () => {
      await client.query(`COMMIT; BEGIN; ${settings(client, actor, options.purpose)}`)
    },
    as: async (other, work) => {
      await client.query(settings(client, other, options.purpose))
      try {
        return await work(makeCtx(client, other, now, { ...options, traceId }, pending))
      } finally {
        await client.query(settings(client, actor, options.purpose)).catch(() => {})
      }
    },
  }
  return ctx
}

/** What commits beside the work: events, audit lines, the stored answer. */
class Pending {
  readonly events: { event: string; payload: Record<string, unknown> }[] = []
  readonly lines: { line: AuditLine; actor: Actor; purpose: string | null }[] = []
  readonly tasks: (() => void)[] = []
  readonly refusals: { actor: Actor; work: (ctx: Ctx) => Promise<unknown> }[] = []
  /** The COMMIT that left with the only question. */
  ended: Promise<unknown> | undefined

  async flush(client: Client, ctx: Ctx, answer: StoredAnswer | undefined): Promise<void> {
    if (this.events.length === 0 && this.lines.length === 0 && !answer) return
    const lines = this.lines.map(({ line, actor, purpose }) => ({
      action: line.action,
      account_id: actor.accountId,
      post_id: actor.postId,
      org_id: actor.orgId,
      subject_kind: line.subjectKind ?? null,
      subject_id: line.subjectId ?? null,
      area_path: line.areaPath ?? null,
      purpose,
      detail: line.detail ?? {},
    }))
    const statement = flushStatement(ctx, this.events, lines, answer)
    await client.query({ name: statement.name, text: statement.text, values: statement.values })
  }

  async refused(client: Client, deps: TransactionDeps, options: TransactionOptions): Promise<void> {
    for (const { actor, work } of this.refusals) {
      const pending = new Pending()
      await client.query(`BEGIN; ${settings(client, actor, options.purpose)}`)
      const ctx = makeCtx(client, actor, deps.clock.now(), options, pending)
      await work(ctx)
      await pending.flush(client, ctx, undefined)
      await client.query('COMMIT')
      pending.committed(deps)
    }
  }

  committed({ wake, told }: TransactionDeps): void {
    if (this.events.length > 0) wake?.(new Set(this.events.map(({ event }) => event)))
    for (const { event, payload } of this.events) told?.(event, payload)
    for (const task of this.tasks) task()
  }
}

/** Events, audit and the stored answer in one round trip. */
function flushStatement(ctx: Ctx, events: unknown[], lines: unknown[], answer: StoredAnswer | undefined): Statement {
  return sql`
    WITH told AS (
      INSERT INTO base.outbox (event, payload, made_at)
      SELECT e->>'event', e->'payload', ${ctx.now}::timestamptz FROM jsonb_array_elements(${JSON.stringify(events)}::jsonb) e
    ), audited AS (
      INSERT INTO base.audit_entry (at, action, account_id, post_id, org_id, subject_kind, subject_id, area_path, purpose, detail, trace_id)
      SELECT ${ctx.now}::timestamptz, a.action, a.account_id, a.post_id, a.org_id, a.subject_kind, a.subject_id, a.area_path, a.purpose, a.detail, ${ctx.traceId}::text
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS a(action text, account_id uuid, post_id uuid, org_id uuid,
        subject_kind text, subject_id text, area_path text, purpose text, detail jsonb)
    )
    INSERT INTO base.idempotent_request (sender, request_id, body_hash, sealed_result, made_at)
    SELECT ${ctx.actor.sender}::text, ${answer?.requestId ?? null}::uuid, ${answer?.bodyHash ?? null}::bytea, ${answer?.sealedResult ?? null}::bytea, ${ctx.now}::timestamptz
    WHERE ${answer !== undefined}::boolean`
}
