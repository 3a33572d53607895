import { cpus } from 'node:os'
import type { WatchReport } from './watch-homes.ts'

/** The report of the proof as a page for docs/proof; numbers only, no row of the record. */
export function homesPage({ messages, days, ordinary, lags, early, seconds, faults }: WatchReport): string {
  const found = lags.filter((hours) => hours !== null).sort((a, b) => a - b)
  const at = (share: number): string => (found[Math.min(found.length - 1, Math.floor(found.length * share))] ?? Number.NaN).toFixed(1)
  return `# Proof: a home that falls silent

Made by \`npm run proof -- homes\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}, embedded PostgreSQL). The record is one
real home of one person who lives alone (UCI ADL binary sensors, kept outside the project). Each sensor message goes through MQTT (npm \`mqtt\`,
QoS 1) into a platform on the test clock: an interval is 1 at its start and 0 at its end, the door sensor and the motion sensor hold their sessions all
the time. One home lives as it was for ${days} days; beside it ${lags.length} homes live two days of the same life and then fall silent, one at each hour of the
last week. The person agreed, and lives alone on record. The clock moves by the hour, so a notice may be up to an hour younger than its
deadline, and the clock runs on while the work of an hour is done, up to a minute.

| | |
|---|---|
| messages | ${messages} in ${seconds.toFixed(0)} s |
| \`elderly-care.silence\` in ${days} ordinary days | ${ordinary.silence} |
| \`elderly-care.no-exit\` in the same days | ${ordinary.noExit} |
| homes that fell silent, noticed | ${lags.length}, ${found.length} |
| noticed before they fell silent | ${early} |
| hours from the silence to the notice: least, median, most | ${at(0)}, ${at(0.5)}, ${at(1)} |

Why there are both: a person may well stay in for a day, so the door alone is often wrong. It is a blue notice where somebody moved about within
twelve hours; \`silence\` is what is wrong when nothing moves at all. The person may have another time for the door, or stop either.

Not shown by this record: a person who lies in bed for longer than twelve hours, pets, visitors, homes with other sensors.

Faults: ${faults.join('; ') || 'none'}.
`
}
