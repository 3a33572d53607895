import { resolve } from 'node:path'
import { urlOf } from './cluster.ts'
import { holderOf, loadState } from './cluster-state.ts'
import type { EmbeddedDatabase } from './start-embedded.ts'

/**
 * The database of a data folder whose platform is running, for a command beside it; undefined when nobody holds the folder and the
 * command may start it itself. Stopping stays with the platform. Throws StartError.
 */
export async function attachEmbedded(dataDir: string): Promise<Pick<EmbeddedDatabase, 'ownerUrl' | 'servingUrl'> | undefined> {
  const folder = resolve(dataDir)
  if (holderOf(folder) === undefined) return undefined
  const state = await loadState(folder)
  return { ownerUrl: urlOf(state, 'linli_owner', state.passwords.owner), servingUrl: urlOf(state, 'linli', state.passwords.serving) }
}
