import type { Ctx } from '@linli/base/server'
import type { MessageParams } from '@linli/messages/define'
import type { Step } from '../define/ladder.ts'
import type { StoredEpisode } from './episode-rows.ts'
import { countStorm, type Storm, stormOnceKey } from './storms.ts'

/** What one step of a ladder tells staff, on a page, by SMS and by a voice. */
export interface Notice {
  /** Nobody is told the same twice, by any channel. */
  readonly onceKey: string
  readonly onPage: string
  readonly onCall: string
  readonly params: MessageParams
  readonly about: { readonly kind: 'episode' | 'storm'; readonly id: string }
  readonly areaPath: string
}

export function noticeOfAlarm(episode: StoredEpisode, { rung, attempt }: Step): Notice {
  return {
    onceKey: `alarm/${episode.episode_id}/${rung}/${attempt}`,
    onPage: 'signals.alarm',
    onCall: 'signals.alarm-call',
    params: { ...aboutAlarm(episode), place: labelOf(episode.place), attempt },
    about: { kind: 'episode', id: episode.episode_id },
    areaPath: episode.area_path,
  }
}

export async function noticeOfStorm(system: Ctx, storm: Storm, step: Step): Promise<Notice> {
  const count = await countStorm(system, storm)
  return {
    onceKey: stormOnceKey(system, storm, step),
    onPage: 'signals.storm',
    onCall: 'signals.storm-call',
    params: { rule: `rule.${storm.rule_key}`, place: labelOf(storm.name), at: storm.began_at.toISOString(), count },
    about: { kind: 'storm', id: storm.storm_id },
    areaPath: storm.area_path,
  }
}

/** What everybody is told of an alarm, a family too. */
export const aboutAlarm = ({ rule_key, first_signal_at, number }: StoredEpisode) => ({
  rule: `rule.${rule_key}`,
  at: first_signal_at.toISOString(),
  number,
})

/** A place as a message may carry it: no line breaks and no number that could be somebody's telephone. */
const labelOf = (place: string): string =>
  Array.from(place.replace(/[\n\r]/g, ' ').replace(/\d{7,}/g, '…'))
    .slice(0, 60)
    .join('')
