import { fileURLToPath } from 'node:url'
import type { MigrationSource } from '@linli/base/server'

const folder = (path: string): string => fileURLToPath(new URL(`../../../${path}/migrations`, import.meta.url))

/** Every engine's migrations in the order of their dependence; run also for scenes that are switched off. */
export const migrationSources: MigrationSource[] = ['base', 'access', 'messages', 'registry', 'cases', 'signals', 'exchange', 'scene'].map(
  (engine) => ({
    engine,
    folder: folder(`kernel/${engine}`),
  }),
)
