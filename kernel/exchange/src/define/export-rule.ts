import { dayLength, dayOf, startOfDay } from '@linli/base/define'

/** When an export waits for a person, and how much one may hold; data, so that a screen and an auditor can read it. */
export interface ExportRule {
  readonly key: string
  readonly because: string
  /** Hours of the day, Asia/Shanghai: from the first to before the second, over midnight. */
  readonly night: { readonly fromHour: number; readonly toHour: number }
  /** Of one account, from midnight to midnight, over all lists and posts. */
  readonly rowsPerDay: number
  /** Of one file. */
  readonly rowsPerFile: number
  /** Of one account, asked for and not yet begun or decided. */
  readonly mostWaiting: number
  readonly linkHours: number
  readonly keepDays: number
}

export const exportRule: ExportRule = {
  key: 'exchange.watch',
  because: '汇编二·四§四(五):完善数据安全监测发现和应急处置体系——夜间或一天内大量导出,先拦下并告知安全管理员',
  night: { fromHour: 22, toHour: 6 },
  rowsPerDay: 20_000,
  rowsPerFile: 200_000,
  mostWaiting: 10,
  linkHours: 24,
  keepDays: 7,
}

/** Why this export must wait for the security administrator; null when it need not. `rowsToday` are those asked for before it. */
export function heldFor(rule: ExportRule, now: Date, rowsToday: number, rows: number): 'night' | 'volume' | null {
  const at = now.getTime()
  const hour = Math.floor((at - startOfDay(dayOf(at))) / (dayLength / 24))
  const { fromHour, toHour } = rule.night
  if (hour >= fromHour || hour < toHour) return 'night'
  return rowsToday + rows > rule.rowsPerDay ? 'volume' : null
}
