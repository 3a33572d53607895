import { type Ctx, type Statement, sql } from '@linli/base/server'
import { literal } from './table-rows.ts'

/** One node of a plan, as EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) has it. */
export interface PlanNode {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: PlanNode[]
}

/** How a statement is planned: for its very values, or once for all, as PostgreSQL may do after five times. */
export const planModes = ['force_custom_plan', 'force_generic_plan'] as const
export type PlanMode = (typeof planModes)[number]

/** A context in which every statement of the work is explained as it runs, under the policies of its actor; `plans` collects them. */
export function explaining(ctx: Ctx, mode: PlanMode, plans: PlanNode[]): Ctx {
  const rows = async <R>(statement: Statement<R>): Promise<R[]> => {
    const values = statement.values.map(valueText).join(', ')
    await ctx.run(plain(`PREPARE probed AS ${statement.text}`))
    await ctx.run(plain(`SET LOCAL plan_cache_mode = ${mode}`))
    const explained = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE probed${values && `(${values})`}`
    const row = await ctx.get(plain<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(explained))
    await ctx.run(plain('DEALLOCATE probed'))
    plans.push(row['QUERY PLAN'][0].Plan)
    return ctx.rows(statement)
  }
  const get = async <R>(statement: Statement<R>): Promise<R> => (await rows(statement))[0]!
  const as: Ctx['as'] = (actor, work) => ctx.as(actor, (inner) => work(explaining(inner, mode, plans)))
  return { ...ctx, rows, get, as }
}

const valueText = (value: unknown): string =>
  Array.isArray(value) ? literal(`{${value.join(',')}}`) : literal(value as Parameters<typeof literal>[0])

/** A statement that is made of text, and is not kept by the connection. */
const plain = <R>(text: string): Statement<R> => ({ ...sql<R>``, text, name: '' })

export const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Pages of 8 kB that were touched. */
export const buffersOf = (plans: readonly PlanNode[]): number =>
  plans.reduce((sum, plan) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0)
