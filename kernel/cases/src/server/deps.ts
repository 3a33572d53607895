import type { WorkingCalendar } from '@linli/base/define'
import type { Ctx, ServeDeps } from '@linli/base/server'
import type { SubjectRef } from '../contract/subject.ts'
import type { CaseCatalogue } from './catalogue.ts'

/** Where an area stands in the tree: its own path and the levels above it. */
export interface Place {
  areaId: string
  areaPath: string
  countyId: string | null
  townshipId: string | null
  communityId: string | null
  cellId: string | null
}

/** What cases need from the engines to their left, wired once in `apps/server`. */
export interface CasesDeps extends ServeDeps {
  catalogue: CaseCatalogue
  /** The calendar in force; a newly imported year replaces it. */
  calendar(): WorkingCalendar
  /** The area of a code, or undefined. */
  findPlace(ctx: Ctx, areaCode: string): Promise<Place | undefined>
  createPersonKey(ctx: Ctx): Promise<{ keyId: string; key: Buffer }>
  loadPersonKey(ctx: Ctx, keyId: string): Promise<Buffer | undefined>
  erasePerson(ctx: Ctx, keyId: string): Promise<void>
  /** Makes uploads the case's own; false when one is unknown or somebody else's. */
  adoptFiles(ctx: Ctx, files: { fileIds: string[]; ownerKind: string; ownerId: string; areaPath: string }): Promise<boolean>
  /** The person, dwelling or device that a matter is about, with its name as staff read it; undefined where the acting post does not see it. */
  findSubject(ctx: Ctx, ref: SubjectRef): Promise<{ id: string; name: string } | undefined>
}
