import { elapsedRows } from './golden/elapsed.ts'
import { fixedRows } from './golden/fixed.ts'
import { holidayRows } from './golden/holidays.ts'
import { hourRows } from './golden/hours.ts'
import { moveRows } from './golden/moves.ts'
import { pauseRows } from './golden/pauses.ts'
import type { GoldenRow } from './golden/row.ts'
import { workingDayRows } from './golden/working-days.ts'

/**
 * The published golden table of deadlines, written by hand from the rules before the code that has to reproduce it.
 * A row that disagrees with the code is a finding about one of them, to be settled by the rule it cites.
 */
export const goldenDeadlines: readonly GoldenRow[] = [
  ...workingDayRows,
  ...holidayRows,
  ...pauseRows,
  ...moveRows,
  ...hourRows,
  ...elapsedRows,
  ...fixedRows,
]
