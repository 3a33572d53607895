import type { LiveEvent } from '@linli/ui/client'
import { area } from './queries.ts'

/**
 * The queries that events touch, as key prefixes without repeats: the case itself by its id, the lists and counts that it may enter or leave,
 * the inbox, or after a reset everything that can change. Areas, roles and the like are never read again for a case.
 */
export function touchedBy(events: readonly LiveEvent[]): string[][] {
  if (events.some((event) => event.kind === 'reset')) {
    return [
      [area.lists],
      [area.counts],
      [area.case],
      [area.entries],
      [area.route],
      [area.inbox],
      [area.exports],
      [area.imports],
      [area.episodes],
    ]
  }
  const keys = new Map<string, string[]>()
  const touch = (...key: string[]) => keys.set(key.join(' '), key)
  for (const event of events) {
    if (event.kind === 'case') {
      touch(area.lists)
      touch(area.counts)
      touch(area.case, event.caseId)
      touch(area.entries, event.caseId)
      touch(area.route, event.caseId)
    } else if (event.kind === 'inbox') touch(area.inbox)
    else if (event.kind === 'export') touch(area.exports)
    else if (event.kind === 'import') touch(area.imports)
    else if (event.kind === 'episode') touch(area.episodes)
  }
  return [...keys.values()]
}
