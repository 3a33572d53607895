import type { SignalMeters } from '@linli/signals/server'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import client from 'prom-client'

export interface Readiness {
  /** What is still missing, in a word; empty when everything stands. */
  waitingFor(): string
}

export interface Meters {
  registry: client.Registry
  countEvent(event: string, payload: Record<string, unknown>): void
  signals: SignalMeters
}

/** Counters of what happened, by kind, for Prometheus. */
export function createMeters(): Meters {
  const registry = new client.Registry()
  client.collectDefaultMetrics({ register: registry, prefix: 'linli_' })
  const counter = (name: string, help: string, labelNames: string[]) =>
    new client.Counter({ name, help, labelNames, registers: [registry] })
  const opened = counter('linli_cases_opened_total', 'Cases taken in', ['kind'])
  const moved = counter('linli_case_moves_total', 'Moves made on cases', ['kind', 'move'])
  const noticed = counter('linli_case_notices_total', 'Reminders and escalations', ['level'])
  const telemetry = counter('linli_telemetry_committed_total', 'Messages of devices stored', [])
  const quarantined = counter('linli_quarantined_total', 'Messages of devices that could not be taken', [])
  const alarmed = counter('linli_alarm_signals_total', 'Messages that raise an alarm', ['rule'])
  const raised = counter('linli_alarm_episodes_opened_total', 'Alarms opened', ['rule'])
  return {
    registry,
    signals: {
      committed: (messages) => telemetry.inc(messages),
      quarantined: () => quarantined.inc(),
      alarmed: (rule) => alarmed.inc({ rule }),
    },
    countEvent(event, payload) {
      if (event === 'case.opened') opened.inc({ kind: String(payload.kind) })
      if (event === 'case.moved') moved.inc({ kind: String(payload.kind), move: String(payload.move) })
      if (event === 'alarm.raised') raised.inc({ rule: String(payload.rule) })
      if (event === 'case.noticed') noticed.inc({ level: String(payload.level) })
    },
  }
}

/** What operators ask a server: is it alive, is it ready, what is it, what did it do. */
export function operationRoutes(app: FastifyInstance, pool: pg.Pool, meters: Meters, readiness: Readiness, version: string): void {
  const hidden = { schema: { hide: true } }
  app.get('/healthz', hidden, async () => ({ status: 'ok' }))
  app.get('/readyz', hidden, async (_, reply) => {
    const waiting = readiness.waitingFor()
    const database = await pool.query('SELECT 1').then(
      () => 'ok',
      () => 'away',
    )
    const ready = waiting === '' && database === 'ok'
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'waiting', checks: { database, waiting } })
  })
  app.get('/version', hidden, async () => ({ name: 'linli', version, node: process.version }))
  app.get('/metrics', hidden, async (_, reply) =>
    reply.header('content-type', meters.registry.contentType).send(await meters.registry.metrics()),
  )
}
