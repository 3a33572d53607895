/** What each whole hour used in kWh, by its beginning in milliseconds; an hour that is missing is unknown. */
export type HourlyUse = ReadonlyMap<number, number>

/** Less than this in an hour, and nothing is plugged in: kWh. */
const nothing = 0.01

/** Whether an hour was measured and without any use; one that is not known is not dark. */
export const isDark = (use: HourlyUse, hour: number): boolean => (use.get(hour) ?? nothing) < nothing
