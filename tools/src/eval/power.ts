import { parseInstant } from '@linli/base/define'
import { nearBase } from '@linli/scene-elderly-care/pack'
import { replayBaseLoad } from '@linli/signals/define'
import type { EvalOptions } from './eval-command.ts'
import { RowInvalid } from './json-lines.ts'
import { readRows, shanghaiTime, timeIn, writeRows } from './read-rows.ts'

const hourMs = 3_600_000

/**
 * `{at, kwh}` of each hour of one home, by its beginning → `{raisedAt, rule, why}` of every notice that the platform would have given, to the end of
 * the file or until `--until`. Times without an offset are Asia/Shanghai.
 */
export async function evalPower({ in: input, out: output, until: text }: EvalOptions): Promise<number> {
  const until = text === undefined ? Number.POSITIVE_INFINITY : parseInstant(text)
  if (until === undefined) {
    console.error('power: --until is an ISO 8601 date and time')
    return 2
  }
  const { rows, bad } = await readRows(input, (row) => ({ at: timeIn(row, 'at'), kwh: useIn(row) }))
  const use = new Map(rows.map(({ at, kwh }) => [Math.floor(at / hourMs) * hourMs, kwh]))
  const raised = replayBaseLoad(nearBase, use, until)
  await writeRows(
    output,
    raised.map(({ at, from, base }) => ({
      raisedAt: shanghaiTime(at),
      rule: 'elderly-care.no-power',
      why: `未用电提醒：${shanghaiTime(from)} 起白天用电都在平时夜间（每小时 ${base.toFixed(2)} 千瓦时）的 ${nearBase.factor} 倍以内`,
    })),
  )
  console.error(`power: ${rows.length} hours, ${bad} bad, ${raised.length} notices`)
  return bad === 0 ? 0 : 2
}

function useIn({ kwh }: Record<string, unknown>): number {
  const value = typeof kwh === 'string' && kwh.trim() !== '' ? Number(kwh) : kwh
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new RowInvalid('kwh', 'a number from 0 up')
  return value
}
