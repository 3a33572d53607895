import { parseInstant } from '@linli/base/define'
import { noExit, silence } from '@linli/scene-elderly-care/pack'
import { type Heard, type Rule, replayAbsence, timedOf } from '@linli/signals/define'
import type { EvalOptions } from './eval-command.ts'
import { readRows, shanghaiTime, textIn, timeIn, writeRows } from './read-rows.ts'

interface Interval {
  start: number
  end: number
  sensor: string
  place: string
}

/**
 * `{start, end, sensor, place}` of one home → `{raisedAt, rule, why}` of every notice that the platform would have given until `--until`, were
 * the sensors online and the person agreed. Times without an offset are Asia/Shanghai.
 */
export async function evalAbsence({ in: input, out: output, until: text }: EvalOptions): Promise<number> {
  const until = text === undefined ? undefined : parseInstant(text)
  if (until === undefined) {
    console.error('absence: --until TIME is needed, an ISO 8601 date and time: an absence is known only by how long it has lasted')
    return 2
  }
  const { rows, bad } = await readRows(input, intervalOf)
  const heard = messagesOf(rows)
  const raised = [silence, noExit].flatMap((rule: Rule) => replayAbsence(rule, heard, until).map((one) => ({ ...one, rule })))
  raised.sort((a, b) => a.at - b.at)
  await writeRows(
    output,
    raised.map(({ at, from, level, rule }) => ({
      raisedAt: shanghaiTime(at),
      rule: rule.key,
      why: `${rule.name}：${shanghaiTime(from)} 起 ${durationOf(rule)} 没有${rule === noExit ? '出门' : '任何'}信号，${level} 级`,
    })),
  )
  console.error(`absence: ${rows.length} intervals, ${bad} bad, ${raised.length} notices`)
  return bad === 0 ? 0 : 2
}

function intervalOf(row: Record<string, unknown>): Interval {
  return { start: timeIn(row, 'start'), end: timeIn(row, 'end'), sensor: textIn(row, 'sensor'), place: textIn(row, 'place') }
}

/** The door by which one goes out; a home may have doors between its rooms with a sensor, too. */
export const isWayOut = ({ sensor, place }: Pick<Interval, 'sensor' | 'place'>): boolean =>
  /main[\s_-]*door|front[\s_-]*door|入户门|大门/i.test(sensor) ||
  (/door|门/i.test(sensor) && /entrance|hallway|玄关|门厅|入户/i.test(place))

/** An interval is 1 at its start and 0 at its end, as the sensors of a home say it. */
export const messagesOf = (intervals: readonly Interval[]): Heard[] =>
  intervals.flatMap((interval) => {
    const kind = isWayOut(interval) ? 'door' : 'motion'
    return [
      { at: interval.start, kind, values: { active: 1 } },
      { at: interval.end, kind, values: { active: 0 } },
    ]
  })

function durationOf({ when }: Rule): string {
  const timed = timedOf(when)
  return timed && 'for' in timed ? timed.for : ''
}
