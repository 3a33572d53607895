import { careGroups, proxyScopeKeys, viewerLevels } from '@linli/registry/define'
import type { Change } from './queries.ts'

/** What the button that opened the dialog already says. */
export type ChangeStart =
  | {
      change:
        | 'corrected'
        | 'healthNoted'
        | 'movedIn'
        | 'movedOut'
        | 'died'
        | 'tagged'
        | 'contactAdded'
        | 'consented'
        | 'proxyNamed'
        | 'joinedHousehold'
        | 'related'
    }
  | { change: 'untagged'; tagId: string }
  | { change: 'viewersSet'; tagId: string; viewers: readonly string[] }
  | { change: 'contactEnded'; contactId: string }
  | { change: 'consentWithdrawn'; consentId: string }
  | { change: 'leftHousehold'; householdId: string }
  | { change: 'unrelated'; relationId: string }
  | { change: 'proxyAccepted' | 'proxyEnded'; proxyId: string }

export interface ChangeField {
  key: string
  kind: 'text' | 'phone' | 'date' | 'address' | 'choice' | 'several' | 'household' | 'person'
  isRequired?: boolean
  /** A date that may lie ahead. */
  isAhead?: boolean
  /** Of a choice: keys, in the words of `persons.{words}.{key}`. */
  choices?: readonly string[]
  words?: string
  /** Filled in beforehand. */
  preset?: string
}

const channel: ChangeField = { key: 'channel', kind: 'choice', choices: ['paper', 'counter', 'phone'], words: 'channel', isRequired: true }
const textVersion: ChangeField = { key: 'textVersion', kind: 'text', isRequired: true }
const day = (key: string): ChangeField => ({ key, kind: 'date', isRequired: true, preset: 'today' })

/** The lines of each change, in the order in which a person is asked. */
export const changeFields: Record<Change['change'], readonly ChangeField[]> = {
  corrected: [
    { key: 'name', kind: 'text' },
    { key: 'idNumber', kind: 'text' },
    { key: 'phone', kind: 'phone' },
    { key: 'note', kind: 'text' },
  ],
  healthNoted: [{ key: 'healthNote', kind: 'text', isRequired: true }, textVersion, channel],
  movedIn: [
    { key: 'addressId', kind: 'address', isRequired: true },
    { key: 'residence', kind: 'choice', choices: ['owner', 'tenant', 'family', 'other'], words: 'residence', isRequired: true },
    day('on'),
  ],
  movedOut: [day('on')],
  died: [day('on')],
  tagged: [
    { key: 'careGroup', kind: 'choice', choices: careGroups.map(({ key }) => key), words: 'careGroup', isRequired: true },
    { key: 'basis', kind: 'text', isRequired: true },
    day('from'),
  ],
  untagged: [day('on'), { key: 'reason', kind: 'text', isRequired: true }],
  viewersSet: [
    { key: 'viewers', kind: 'several', choices: viewerLevels, words: 'viewer', isRequired: true },
    { key: 'reason', kind: 'text', isRequired: true },
  ],
  contactAdded: [
    { key: 'name', kind: 'text', isRequired: true },
    { key: 'relation', kind: 'text', isRequired: true },
    { key: 'phone', kind: 'phone', isRequired: true },
    { key: 'rank', kind: 'choice', choices: ['1', '2', '3', '4', '5'], words: 'rank', isRequired: true, preset: '1' },
    day('from'),
  ],
  contactEnded: [day('on')],
  consented: [
    {
      key: 'purpose',
      kind: 'choice',
      choices: ['elderly-care.sos', 'elderly-care.activity', 'elderly-care.power'],
      words: 'purpose',
      isRequired: true,
    },
    textVersion,
    channel,
  ],
  consentWithdrawn: [channel],
  proxyNamed: [
    { key: 'name', kind: 'text', isRequired: true },
    { key: 'relation', kind: 'text', isRequired: true },
    { key: 'phone', kind: 'phone', isRequired: true },
    { key: 'scope', kind: 'several', choices: proxyScopeKeys, words: 'proxyScope', isRequired: true, preset: 'alarms' },
    { ...day('from'), isAhead: true },
    { key: 'to', kind: 'date', isAhead: true },
    textVersion,
    channel,
  ],
  joinedHousehold: [
    { key: 'householdId', kind: 'household' },
    {
      key: 'role',
      kind: 'choice',
      choices: ['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'other'],
      words: 'householdRole',
      isRequired: true,
    },
    day('on'),
  ],
  leftHousehold: [day('on')],
  related: [
    { key: 'otherId', kind: 'person', isRequired: true },
    {
      key: 'kind',
      kind: 'choice',
      choices: ['spouse', 'child', 'parent', 'sibling', 'guardian', 'other'],
      words: 'relationKind',
      isRequired: true,
    },
    day('from'),
  ],
  unrelated: [day('on'), { key: 'reason', kind: 'text', isRequired: true }],
  proxyAccepted: [textVersion, channel],
  proxyEnded: [{ key: 'by', kind: 'choice', choices: ['person', 'member', 'staff'], words: 'proxyParty', isRequired: true }, channel],
}

/** What is sent: a correction gathers its values, everything else is flat. */
export function changeOf(start: ChangeStart, filled: Readonly<Record<string, string>>): Change {
  const said = Object.fromEntries(Object.entries(filled).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])))
  if (start.change === 'corrected') {
    const { note, ...values } = said
    return { change: 'corrected', values, ...(note ? { note } : {}) }
  }
  // The fields of each change are those of its contract; the server names what is missing.
  return {
    ...start,
    ...said,
    ...(start.change === 'contactAdded' ? { kind: 'emergency', rank: Number(said.rank) } : {}),
    ...(said.scope ? { scope: said.scope.split(' ') } : {}),
    ...(said.viewers ? { viewers: said.viewers.split(' ') } : {}),
  } as Change
}
