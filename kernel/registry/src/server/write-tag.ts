import { newId } from '@linli/base/define'
import type { Reach } from '@linli/base/server'
import type { Change } from '../contract/change.ts'
import { findCareGroup, isViewer, usualViewers } from '../define/care-groups.ts'
import type { PersonChange } from '../define/person-change.ts'
import type { PersonState, Tag } from '../define/person-state.ts'
import { invalidChange } from './errors.ts'
import { seenTags } from './see-tags.ts'

type Of<Kind extends Change['change']> = Extract<Change, { change: Kind }>

/** The label in force of this id, for whoever sees it; to the others it is one that was never there. */
function openTag(state: PersonState, tagId: string, reach: Reach): Tag {
  const tag = seenTags(state, reach).find((one) => one.tagId === tagId && one.to === null)
  if (!tag) throw invalidChange('tagId', '这个类别已经结束')
  return tag
}

/**
 * Puts a person into a care group, with the viewers that the group has. Whoever does not see that the person is in it already is not told
 * so: it stands there twice, for those who see it to clear up.
 */
export function tagging(state: PersonState, { change: _, ...said }: Of<'tagged'>, reach: Reach): PersonChange {
  if (!findCareGroup(said.careGroup)) throw invalidChange('careGroup', '没有这个关爱类别')
  if (seenTags(state, reach).some(({ careGroup, to }) => careGroup === said.careGroup && to === null))
    throw invalidChange('careGroup', '已经在这个类别里')
  return { change: 'tagged', data: { tagId: newId(), ...said, viewers: usualViewers(said.careGroup) } }
}

export function untagging(state: PersonState, { tagId, on, reason }: Of<'untagged'>, reach: Reach): PersonChange {
  const tag = openTag(state, tagId, reach)
  if (on < tag.from) throw invalidChange('on', '不能早于开始的那天')
  return { change: 'untagged', data: { tagId, on, reason } }
}

/** Decides who sees a label: the community and above, and nobody so that he himself could not take it back. */
export function settingViewers(state: PersonState, { tagId, viewers, reason }: Of<'viewersSet'>, reach: Reach): PersonChange {
  const tag = openTag(state, tagId, reach)
  if (reach === 'cell') throw invalidChange('viewers', '谁看得见由社区或以上决定')
  const wanted = [...new Set(viewers)]
  if (!isViewer(wanted, reach)) throw invalidChange('viewers', '自己这一级要看得见，否则改不回来')
  if (wanted.length === tag.viewers.length && wanted.every((level) => tag.viewers.includes(level)))
    throw invalidChange('viewers', '和现在一样，没有要改的')
  return { change: 'viewersSet', data: { tagId, viewers: wanted, reason } }
}
