import { join } from 'node:path'
import { seedRoles } from '@linli/access/server'
import type { WorkingCalendar } from '@linli/base/define'
import { adoptFiles, type Ctx, openFileStore, sql, systemActor, type TransactionDeps, transact, type Vault } from '@linli/base/server'
import type { CaseKind, CaseType } from '@linli/cases/define'
import { type CaseCatalogue, readDutyBook } from '@linli/cases/server'
import type { RuleBook } from '@linli/signals/server'
import { findSiblings, writeDemoFile } from './demo-file.ts'
import { seedCallOuts } from './history/seed-call-outs.ts'
import { seedEvents } from './history/seed-events.ts'
import { seedHistory } from './history/seed-history.ts'
import { seedRequests } from './history/seed-requests.ts'
import { seedSame } from './history/seed-same.ts'
import { seedTopics } from './history/seed-topics.ts'
import { seedAliases } from './seed-aliases.ts'
import { seedDevices } from './seed-devices.ts'
import { type FieldWorkDeps, linkMatters, seedFieldWork } from './seed-field-work.ts'
import { seedHandover } from './seed-handover.ts'
import { seedRegistry } from './seed-registry.ts'
import { seedTown } from './seed-town.ts'
import { seedVisits } from './seed-visits.ts'
import { seedWishes } from './seed-wishes.ts'

export interface DemoDeps extends Pick<TransactionDeps, 'pool' | 'clock'> {
  vault: Vault
  catalogue: CaseCatalogue
  rules: RuleBook
  calendar(): WorkingCalendar
  /** Absent where the engines of devices and of what is handed in are not wired: then there are no traces of their work. */
  fieldWork?: FieldWorkDeps
  dataDir: string
  baseUrl: string
  /** Where devices connect; null where this process does not listen to them. */
  mqttUrl: string | null
  phonesUrl: string | null
  log: (line: string) => void
}

export interface DemoOptions {
  /** How many appeals the history has; grid events and people are added in proportion. */
  cases?: number
}

/** Made just now, there before, or not made since something else is in the database. */
export type Seeding = 'now' | 'before' | 'foreign'

/**
 * Puts the demo town into an empty database, which marks it as demo, and writes `DATA_DIR/demo.json`. All of it is one transaction:
 * a start that was killed in the middle leaves nothing behind and the next one begins again. A database that has the town gets only
 * the file; one with anything else in it is left alone.
 */
export async function seedDemo(deps: DemoDeps, options: DemoOptions = {}): Promise<Seeding> {
  const started = performance.now()
  const seeded = await transact(deps, systemActor, async (system): Promise<Seeding> => {
    // Whoever comes second waits for the whole town, which takes longer than a request may.
    await system.run(sql`SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)`)
    await system.run(sql`SELECT pg_advisory_xact_lock(hashtext('linli.demo'))`)
    if (await isDemo(system)) return 'before'
    if (await hasAreas(system)) return 'foreign'
    await seedRoles(system)
    const town = await seedTown(system, deps.vault)
    const persons = await seedRegistry(system, deps.vault, Math.round(((options.cases ?? usualCases) * usualPeople) / usualCases))
    const dutyFor = await readDutyBook(system)
    const appeals = {
      vault: deps.vault,
      calendar: deps.calendar,
      type: typeOf(deps.catalogue, 'appeal'),
      cases: options.cases ?? usualCases,
      dutyFor,
    }
    const cases = (await seedHistory(system, town, appeals)) + (await seedSame(system, town, appeals))
    const events = await seedEvents(system, town, {
      vault: deps.vault,
      calendar: deps.calendar,
      type: typeOf(deps.catalogue, 'event'),
      events: Math.round(((options.cases ?? usualCases) * usualEvents) / usualCases),
      files: openFileStore(join(deps.dataDir, 'files')),
      dutyFor,
    })
    const callOuts = await seedCallOuts(system, town, {
      vault: deps.vault,
      calendar: deps.calendar,
      type: typeOf(deps.catalogue, 'callOut'),
    })
    const requests = await seedRequests(system, town, {
      vault: deps.vault,
      calendar: deps.calendar,
      type: typeOf(deps.catalogue, 'assistance'),
    })
    await seedAliases(system, town)
    await seedWishes(system, deps.vault)
    await seedVisits(system, town, { vault: deps.vault, adoptFiles })
    const devices = await seedDevices(system, town, deps)
    await linkMatters(system, town)
    if (deps.fieldWork) await seedFieldWork(system, town, deps.fieldWork)
    await seedHandover(system, town, { catalogue: deps.catalogue, calendar: deps.calendar })
    const topics = await seedTopics(system, town)
    await system.run(sql`INSERT INTO base.database_mark (name, value) VALUES ('demo', 'town')`)
    system.audit({ action: 'demo.seeded', subjectKind: 'demo', detail: { persons, cases, events, callOuts, requests, devices, topics } })
    return 'now'
  })
  if (seeded === 'foreign') {
    deps.log('LINLI_DEMO=1: this database already holds areas that are not the demo town; nothing was added.')
    return seeded
  }
  await writeDemoFile(deps, await transact(deps, systemActor, findSiblings))
  if (seeded === 'now') deps.log(`Demo town seeded in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  return seeded
}

const usualCases = 2600
const usualEvents = 600
const usualPeople = 6000

function typeOf(catalogue: CaseCatalogue, kind: CaseKind): CaseType {
  const type = catalogue.all().find((one) => one.kind === kind)
  if (!type) throw new Error(`the demo town needs a scene for the kind ${kind}`)
  return type
}

async function isDemo(system: Ctx): Promise<boolean> {
  return (await system.find(sql`SELECT 1 AS here FROM base.database_mark WHERE name = 'demo'`)) !== undefined
}

async function hasAreas(system: Ctx): Promise<boolean> {
  return (await system.find(sql`SELECT 1 AS here FROM access.area LIMIT 1`)) !== undefined
}
