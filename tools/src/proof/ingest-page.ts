import { cpus } from 'node:os'
import type { IngestKillReport } from './kill-during-ingest.ts'

/** The report of the proof as a page for docs/proof. */
export function ingestPage({ verdict, trouble, seconds, p50, p95, readyMs, unanswered, faults }: IngestKillReport): string {
  const list = (values: number[]) => values.map((ms) => (ms / 1000).toFixed(1)).join(' ')
  return `# Proof: a town's devices, while everything is killed

Made by \`npm run proof -- ingest\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}, embedded PostgreSQL). 200 devices,
each an unmodified MQTT client (npm \`mqtt\`, QoS 1), have 1,000 messages a second to send, while the platform is killed with -9 ${readyMs.platform.length} times and then
PostgreSQL ${readyMs.postgres.length} times, always with all devices back and work on its hands; with 10,000 unanswered they wait. The machine is shared: what counts here is what is lost. One message in a hundred raises an alarm, one in sixty is poison
(malformed JSON, a value out of range, 1 MB), one in two hundred carries a clock a year off; strangers guess the secrets of four devices five times a
second, devices try each other's topics, and a community settles alarms all the while. Every device ends with one more message. Then the database is
opened and compared with what the devices know.

| | |
|---|---|
| acknowledged | ${verdict.acknowledged} in ${seconds.toFixed(0)} s |
| never acknowledged | ${unanswered} |
| not sent, because 10,000 were unanswered | ${trouble.held} |
| messages in the table | ${verdict.stored} |
| acknowledged but missing | ${verdict.lost} |
| in the table twice, or sent by nobody | ${verdict.doubled}, ${verdict.strange} |
| clocks a year off: taken at their receipt and marked | ${verdict.wrongClocks - verdict.wrongClocksUnmarked} of ${verdict.wrongClocks} |
| poison: in quarantine, once each | ${verdict.poisoned - verdict.poisonLost} of ${verdict.poisoned} |
| wrong secrets refused, let in | ${trouble.wrongSecrets - trouble.letIn}, ${trouble.letIn} |
| foreign topics tried | ${trouble.foreignTopics} |
| alarm messages, alarms | ${verdict.alarmSignals}, ${verdict.episodes} |
| rules and subjects with two open alarms | ${verdict.episodesDoubled} |
| devices whose alarm messages are not counted in exactly one alarm each | ${verdict.signalsMiscounted} |
| alarms that differ from their entries | ${verdict.notTheirFold} |
| rungs taken, messages to posts | ${verdict.rungs}, ${verdict.told} |
| rungs sent twice, not at all, or without a step | ${verdict.rungsWrong} |
| settlements acknowledged, not there exactly once | ${verdict.settlements}, ${verdict.settlementsWrong} |
| p50 / p95 from sending to PUBACK, outages included | ${p50} / ${p95} ms |
| seconds until ready again, platform | ${list(readyMs.platform)} |
| seconds until ready again, PostgreSQL | ${list(readyMs.postgres)} |

Faults: ${faults.join('; ') || 'none'}.
`
}
