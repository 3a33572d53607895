import { join } from 'node:path'
import {
  type AreaBook,
  accountExport,
  auditExport,
  createAreaBook,
  createSessions,
  handoverExport,
  handoverListExport,
  placeFrom,
  refusalExport,
  type Sessions,
} from '@linli/access/server'
import { newId } from '@linli/base/define'
import {
  type AnchorBook,
  adoptFiles,
  type Clock,
  createPersonKey,
  createRateLimiter,
  createWaker,
  erasePerson,
  type FileStore,
  type Log,
  loadPersonKey,
  MovableClock,
  openAnchorBook,
  openFileStore,
  openVault,
  type ServeDeps,
  systemClock,
  type TransactionDeps,
  type WakeLine,
} from '@linli/base/server'
import {
  aboutSection,
  type CasesDeps,
  caseExport,
  dutyExport,
  dutyTemplates,
  figureExport,
  importableCases,
  importableDuties,
  matterSection,
  openMatterHold,
  topicExport,
} from '@linli/cases/server'
import { exportRule } from '@linli/exchange/define'
import { collectImportables, collectLists, type ExchangeDeps, openExportStore, openImportStore } from '@linli/exchange/server'
import { collectTemplates, handoverTemplates, securityTemplates, signInTemplates, type Templates } from '@linli/messages/define'
import type { Channels } from '@linli/messages/server'
import { lookExport, personExport, type RegistryDeps } from '@linli/registry/server'
import { type LoadedScenes, loadScenes, openSwitchBook } from '@linli/scene/server'
import { alarmTemplates } from '@linli/signals/define'
import {
  alarmSection,
  deviceExport,
  deviceSection,
  episodeExport,
  openAlarmHold,
  quarantineExport,
  wornDeviceHold,
} from '@linli/signals/server'
import type { Config } from './config.ts'
import type { OpenDatabase } from './open-database.ts'
import { createMeters, type Meters } from './operations.ts'
import { packs } from './packs.ts'
import type { Stops } from './stops.ts'
import { backlogKinds } from './wire-backlog.ts'
import { wireChannels } from './wire-channels.ts'
import { type Signals, wireSignals } from './wire-signals.ts'
import { findCaseSubject } from './wire-subjects.ts'

/** The engines with their slots filled: what routes and workers are made of. */
export interface Engines {
  clock: Clock
  transaction: TransactionDeps
  deps: ServeDeps & { sessions: Sessions }
  registry: RegistryDeps
  cases: CasesDeps
  signals: Signals
  exchange: ExchangeDeps
  scenes: LoadedScenes
  /** Of the kernel and of every scene. */
  templates: Templates
  /** Ways out of the house that are set up. */
  channels: Channels
  areas: AreaBook
  files: FileStore
  anchors: AnchorBook
  meters: Meters
  log: Log
  /** Told after each commit that wrote events: whoever waits for events in this process adds itself. */
  wakes: ((events: ReadonlySet<string>) => void)[]
  wakeLine: WakeLine
}

const requestsPerMinute = 1200

export async function wireEngines(config: Config, database: OpenDatabase, stops: Stops, say: (line: string) => void): Promise<Engines> {
  const log: Log = (message, detail) => say(`${message}${detail ? ` ${JSON.stringify(detail)}` : ''}`)
  const clock = config.LINLI_TEST ? new MovableClock(database.testOffset) : systemClock
  const vault = await openVault(config.DATA_DIR)
  const meters = createMeters()
  const wakeLine = { url: database.servingUrl, origin: newId() }
  const waker = createWaker({ ...wakeLine, log })
  stops.push(() => waker.stop())
  const wakes = [waker.wake]
  const wake = (events: ReadonlySet<string>): void => {
    for (const one of wakes) one(events)
  }
  const transaction = { pool: database.pool, clock, wake, told: meters.countEvent }
  const sessions = createSessions({ ...transaction, publicUrl: config.LINLI_PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}` })
  const switches = await openSwitchBook({ pool: database.pool, clock, log })
  stops.push(async () => switches.stop())
  const scenes = loadScenes(packs, { switches })
  const templates = collectTemplates(securityTemplates, signInTemplates, handoverTemplates, dutyTemplates, alarmTemplates, [
    ...scenes.templates.values(),
  ])
  const deps = { ...transaction, vault, sessions, limiter: createRateLimiter(requestsPerMinute) }
  const areas = createAreaBook(clock)
  const files = openFileStore(join(config.DATA_DIR, 'files'))
  const cases: CasesDeps = {
    ...deps,
    catalogue: scenes.catalogue,
    calendar: database.calendar,
    findPlace: async (ctx, code) => {
      const area = await areas.find(ctx, code)
      return area && placeFrom(area)
    },
    createPersonKey: (ctx) => createPersonKey(ctx, vault),
    loadPersonKey: (ctx, keyId) => loadPersonKey(ctx, vault, keyId),
    erasePerson,
    adoptFiles,
    findSubject: findCaseSubject,
  }
  // A visit is written by the registry, whose profile shows what signals know.
  const signals = wireSignals({
    deps,
    registry: { ...deps, adoptFiles },
    cases,
    scenes,
    templates,
    meters: meters.signals,
    servingUrl: database.servingUrl,
    stops,
    log,
  })
  const sections = [
    alarmSection('person', signals.rules, scenes.labels),
    deviceSection('person'),
    matterSection(cases, scenes.labels),
    aboutSection('person', cases, scenes.labels),
  ]
  const dwellingSections = [
    alarmSection('dwelling', signals.rules, scenes.labels),
    deviceSection('dwelling'),
    aboutSection('dwelling', cases, scenes.labels),
  ]
  const erasureHolds = [openMatterHold, openAlarmHold, wornDeviceHold]
  const registry: RegistryDeps = { ...deps, findArea: areas.find, adoptFiles, sections, dwellingSections, erasureHolds }
  return {
    clock,
    transaction,
    deps,
    registry,
    cases,
    signals,
    exchange: {
      ...deps,
      lists: collectLists([
        accountExport(),
        auditExport(),
        refusalExport(),
        handoverListExport(),
        handoverExport(),
        personExport(registry),
        lookExport(),
        caseExport(cases, scenes.labels),
        figureExport(cases, scenes.labels),
        dutyExport(cases.catalogue, scenes.labels),
        topicExport(),
        deviceExport(),
        episodeExport(signals.rules, scenes.labels),
        quarantineExport(),
      ]),
      importables: collectImportables([importableCases(cases, scenes.labels), importableDuties(cases, scenes.labels)]),
      store: openExportStore(join(config.DATA_DIR, 'exports')),
      imports: openImportStore(join(config.DATA_DIR, 'imports')),
      rule: exportRule,
      backlog: backlogKinds(cases, registry, signals),
    },
    scenes,
    templates,
    channels: wireChannels(config),
    areas,
    files,
    anchors: openAnchorBook(join(config.DATA_DIR, 'anchors')),
    meters,
    log,
    wakes,
    wakeLine,
  }
}
