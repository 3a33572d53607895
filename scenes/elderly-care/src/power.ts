import { all, defineRule, type NearBase, tagged } from '@linli/signals/define'

/**
 * 未用电: the hours of the day stay near what this very home uses at night. Twice the median of four weeks of nights, for eighteen hours of the
 * day: found within a day and a half; by household-hourly.csv neither a vacation with a boiler nor an idle Sunday is one (docs/proof/power.md). Most meters of the
 * building dark at once is a blackout, for three days at most: by then somebody should look after the person in the dark as well.
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
  blackout: { share: 0.5, within: 'PT72H' },
}

/** 长时间未用电. Arrears never touch a meter here, and a blackout of the building is no sign of who is at home. */
export const noPower = defineRule({
  key: 'elderly-care.no-power',
  name: '长时间未用电提醒',
  because: '汇编 2.12：如果在用电时段老人没有用电，后台系统也会发出预警信息；相对本户夜间用电判断（standards 9 EL_NOPOWER [D]）',
  subject: 'person',
  when: all(tagged('elder.lives-alone'), nearBase),
  consent: 'elderly-care.power',
  level: 2,
  pauses: true,
  ladder: 'elderly-care.watch-contacts',
  opens: 'ev-care',
})
