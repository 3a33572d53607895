import type { NearBase } from '@linli/signals/define'

/**
 * 未用电: the hours of the day stay near what this very home uses at night. Twice the median of four weeks of nights, for eighteen hours of the
 * day: found within a day and a half; by household-hourly.csv neither a vacation with a boiler nor an idle Sunday is one (docs/proof/power.md).
 */
export const nearBase: NearBase = {
  op: 'nearBase',
  kind: 'meter',
  value: 'kwh',
  factor: 2,
  day: { from: 6, to: 22 },
  night: { from: 1, to: 5 },
  nights: { least: 14, most: 28 },
  for: 'PT18H',
}
