import { newId } from '@linli/base/define'
import type { Vault } from '@linli/base/server'
import type { Change } from '../contract/change.ts'
import { healthNotePurpose } from '../define/health-note.ts'
import type { PersonChange } from '../define/person-change.ts'
import type { PersonState } from '../define/person-state.ts'
import { invalidChange } from './errors.ts'
import { sealText } from './seal-person.ts'

type Agreement = Pick<Extract<Change, { change: 'healthNoted' }>, 'textVersion' | 'channel'>

export const agreesToNote = ({ consents }: PersonState): boolean =>
  consents.some(({ purpose, withdrawnAt }) => purpose === healthNotePurpose && !withdrawnAt)

/** The note, and the agreement with it where there is none yet: without it nothing is kept. */
export function noting(
  vault: Vault,
  { state, key }: { state: PersonState; key: Buffer },
  note: string,
  { textVersion, channel }: Agreement,
): PersonChange[] {
  if (state.status === 'died') throw invalidChange('change', '已登记去世')
  const agreed: PersonChange[] = agreesToNote(state)
    ? []
    : [{ change: 'consented', data: { consentId: newId(), purpose: healthNotePurpose, textVersion, channel } }]
  return [...agreed, { change: 'corrected', data: { values: { healthNote: sealText(vault, key, note) } } }]
}

/** Taken back: the note goes with the agreement to it. */
export function unnoting(state: PersonState, channel: string): PersonChange[] {
  const consent = state.consents.find(({ purpose, withdrawnAt }) => purpose === healthNotePurpose && !withdrawnAt)
  return [
    ...(consent ? [{ change: 'consentWithdrawn' as const, data: { consentId: consent.consentId, channel } }] : []),
    ...(state.values.healthNote ? [{ change: 'corrected' as const, data: { values: { healthNote: null } } }] : []),
  ]
}
