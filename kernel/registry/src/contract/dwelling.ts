import { Day, endpoint, Id } from '@linli/base/contract'
import { z } from 'zod'
import { Address, AddressAlias } from './address.ts'
import { HouseholdRole } from './change.ts'
import { Residence, Source, Status } from './person-values.ts'
import { ProfileSection } from './profile.ts'

const Lives = z.object({
  personId: Id,
  name: z.string(),
  status: Status,
  residence: Residence,
  source: Source,
  from: Day,
  to: Day.nullable(),
})

/** A dwelling (户室) with who lives there now and lived there before, masked. */
export const Dwelling = z.object({
  address: Address,
  /** What the address is part of, and where (CGCS2000, degrees): that of its building. */
  standard: z.object({
    /** From the province down to the community, each with its division code (GB/T 2260, GB/T 10114). */
    divisions: z.array(z.object({ code: z.string(), name: z.string() })),
    lon: z.number(),
    lat: z.number(),
    /** The address of the building itself. */
    buildingAddressId: Id,
    /** Other names of the building and of the home. */
    aliases: z.array(AddressAlias),
  }),
  households: z.array(
    z.object({
      householdId: Id,
      members: z.array(z.object({ personId: Id, name: z.string(), role: HouseholdRole, from: Day, to: Day.nullable() })),
    }),
  ),
  now: z.array(Lives),
  before: z.array(Lives),
  /** How many lived here whose file is in another area now. */
  elsewhere: z.number().int().nonnegative(),
  /** What other engines know of it, as far as the reader may see. */
  sections: z.array(ProfileSection),
})
export type Dwelling = z.infer<typeof Dwelling>

export const getDwelling = endpoint({
  method: 'GET',
  path: '/addresses/:addressId',
  summary: '一户：现在谁住、几户、以前谁住过（脱敏），有关的告警、设备和事项',
  permission: 'registry.read',
  params: z.object({ addressId: Id }),
  result: Dwelling,
  errors: ['registry.dwelling_unknown'],
})
