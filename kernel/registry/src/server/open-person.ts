import type { PersonEntry } from '../define/person-change.ts'
import type { PersonValues } from '../define/person-fields.ts'
import type { PersonState } from '../define/person-state.ts'

/** A person file as the platform works on it: its state, and what is in clear while its key is there. */
export interface OpenPerson {
  personId: string
  keyId: string
  /** Undefined when the person was erased. */
  key: Buffer | undefined
  entries: PersonEntry[]
  state: PersonState
  /** What the file says in clear, where it was just sealed: a list of many is not opened again to be masked. */
  said?: PersonValues
}
