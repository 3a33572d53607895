import { sweepCodes, sweepResidentSessions, sweepSessions } from '@linli/access/server'
import {
  calendarWarning,
  type FileStore,
  type Job,
  type Log,
  purgeOutbox,
  sql,
  sweepFiles,
  systemActor,
  type TransactionDeps,
  transact,
} from '@linli/base/server'
import { type CasesDeps, checkEveryProjection, fillFigures, recomputeDeadlines, sweepLookUps } from '@linli/cases/server'
import { type ExchangeDeps, purgeExports, purgeImports } from '@linli/exchange/server'
import { forgetDeliveries } from '@linli/messages/server'
import { unmaskOfAge } from '@linli/registry/server'
import { keepDays } from '@linli/signals/server'

const keepAnswersDays = 30

/** The recurring work of the platform: what expires, and what an operator must hear in time. */
export function platformJobs(
  deps: TransactionDeps,
  store: FileStore,
  cases: CasesDeps,
  exchange: ExchangeDeps,
  reloadCalendar: () => Promise<void>,
  log: Log,
): Job[] {
  const asSystem = (work: Parameters<typeof transact<unknown>>[2]) => transact(deps, systemActor, work)
  const before = (days: number): Date => new Date(deps.clock.now().getTime() - days * 86_400_000)
  return [
    { name: 'sweep-files', cron: '17 * * * *', run: () => sweepFiles(deps, store) },
    {
      name: 'purge-answers',
      cron: '23 3 * * *',
      run: () => asSystem((ctx) => ctx.run(sql`DELETE FROM base.idempotent_request WHERE made_at < ${before(keepAnswersDays)}`)),
    },
    { name: 'purge-exports', cron: '29 * * * *', run: () => purgeExports(deps, exchange.store) },
    { name: 'purge-imports', cron: '31 * * * *', run: () => purgeImports(deps, exchange.imports) },
    { name: 'purge-codes', cron: '9 4 * * *', run: () => asSystem(sweepCodes) },
    { name: 'purge-resident-sessions', cron: '11 4 * * *', run: () => asSystem(sweepResidentSessions) },
    // Just after midnight of the platform's zone, and again in case it was down then: an adult is shown as one from the day.
    { name: 'unmask-of-age', cron: '3 * * * *', run: () => asSystem(unmaskOfAge) },
    { name: 'forget-deliveries', cron: '37 3 * * *', run: () => asSystem(forgetDeliveries) },
    { name: 'purge-outbox', cron: '41 3 * * *', run: () => purgeOutbox(deps) },
    { name: 'keep-telemetry-days', cron: '11 * * * *', run: () => asSystem(keepDays) },
    { name: 'purge-tries', cron: '51 3 * * *', run: () => asSystem(sweepLookUps) },
    { name: 'purge-sessions', cron: '7 4 * * *', run: () => asSystem((ctx) => sweepSessions(ctx)) },
    {
      name: 'check-projections',
      cron: '33 2 * * *',
      run: async () => {
        const { checked, faults } = await checkEveryProjection(cases)
        if (faults.length > 0)
          log(`WARNING: ${faults.length} of ${checked} cases differ from their entries`, {
            first: faults[0]?.caseId,
            part: faults[0]?.part,
          })
      },
    },
    {
      name: 'fill-figures',
      cron: '*/5 * * * *',
      run: async () => {
        const filled = await fillFigures(cases)
        if (filled > 0) log(`${filled} case(s) of an older version counted for the statistics`)
      },
    },
    {
      name: 'apply-calendar',
      cron: '*/10 * * * *',
      run: async () => {
        await reloadCalendar()
        const moved = await recomputeDeadlines(cases)
        if (moved > 0) log(`${moved} deadline(s) moved with the newly imported calendar`)
      },
    },
    {
      name: 'warn-calendar',
      cron: '0 9 * * *',
      run: async () => {
        const warning = calendarWarning(cases.calendar(), deps.clock.now())
        if (warning) log(`WARNING: ${warning}`)
      },
    },
  ]
}
