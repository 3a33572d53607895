import type { Actor, Ctx, Log, ServeDeps } from '@linli/base/server'
import type { Templates } from '@linli/messages/define'
import type { RecordedVisit, VisitSaid } from '@linli/registry/contract'
import type { ProfileSlot } from '@linli/registry/server'
import type { SubjectKind } from '../contract/device.ts'
import type { Place } from './place.ts'
import type { RuleBook } from './rule-book.ts'

/** What signals can be about, as its own engine knows it. */
export interface Subject {
  /** As staff may read it without a reason: of a person masked. */
  name: string
  place: Place
}

/** What is counted for operators; of this process alone. */
export interface SignalMeters {
  committed(messages: number): void
  quarantined(): void
  /** A message that raises an alarm, whether or not one was open already. */
  alarmed(rule: string): void
}

/** What a real alarm becomes when others must work on it. */
export interface AlarmCase {
  place: Place
  category: string
  detail: string
  placeText: string
  /** When the first signal was sent. */
  occurredAt: string
}

/** Whom a person named, with the number in clear and the name masked. */
export interface FamilyContact {
  contactId: string
  relation: string
  name: string
  phone: string
}

/** Where a person lives, as those on duty find it, and who keeps watch there. */
export interface PersonHome {
  place: string
  area: Place
  keeperOrgId: string
}

/** What signals need from the engines to their left, wired once in `apps/server`. */
export interface SignalsDeps extends ServeDeps {
  log: Log
  meters: SignalMeters
  /** The area of a code, or undefined. */
  findPlace(ctx: Ctx, areaCode: string): Promise<Place | undefined>
  /** The person, household, dwelling or building of an id, or undefined; under the scope of whoever asks. */
  findSubject(ctx: Ctx, kind: SubjectKind, id: string): Promise<Subject | undefined>
  /** Whom to tell of alarms about this person, in the person's own order; nobody where the person did not agree to this purpose. As system. */
  findFamily(system: Ctx, personId: string, purpose: string): Promise<FamilyContact[]>
  /** Where somebody lives who is here; undefined for others. As system. */
  findHome(system: Ctx, personId: string): Promise<PersonHome | undefined>
  /** Whose alarms a resident may see beside their own: both agreed. Names masked. As system. */
  findWards(system: Ctx, residentId: string): Promise<{ personId: string; name: string }[]>
  /** The other way round: the residents who may be bound to a person. Spares asking all the others; whoever is told is asked for by `findWards`. As system. */
  findBound(system: Ctx, personId: string): Promise<string[]>
  /** What a person keeps for whoever comes to help, in clear, on record for the person; undefined where there is nothing. */
  openHealthNote(ctx: Ctx, personId: string, reason: string): Promise<string | undefined>
  /** A resident as people on duty read it: masked. As system. */
  nameResident(system: Ctx, actor: Actor): Promise<string>
  rules: RuleBook
  /** What other engines know of a device, on its page. */
  sections: readonly ProfileSlot[]
  templates: Templates
  /** Writes a visit into the file of a person whom the acting post sees. */
  recordVisit(ctx: Ctx, personId: string, said: VisitSaid): Promise<RecordedVisit>
  /** Opens a matter about an alarm; undefined where no scene takes it in. */
  openCase(ctx: Ctx, alarm: AlarmCase): Promise<{ caseId: string } | undefined>
}
