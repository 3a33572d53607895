import { Day, text } from '@linli/base/contract'
import { z } from 'zod'
import { viewerLevels } from '../define/care-groups.ts'

export const Phone = z.string().regex(/^(?:1\d{10}|0\d{9,11})$/, '11 位手机号，或带区号的座机')

/** Sex, GB/T 2261.1. */
const Sex = z.enum(['0', '1', '2', '9'])

/** For whoever comes to help: 高血压，对青霉素过敏. */
export const HealthNote = text(1, 200)

/** What a person file can hold, in clear; the number says birth and sex by itself. */
export const PersonValues = z.object({
  name: text(2, 40).optional(),
  idNumber: z.string().trim().max(18).optional(),
  birthDate: Day.optional(),
  sex: Sex.optional(),
  phone: Phone.optional(),
  healthNote: HealthNote.optional(),
})
export type PersonValues = z.infer<typeof PersonValues>

/** Without the note for first aid, which is written with the person's own agreement. */
export const PlainValues = PersonValues.omit({ healthNote: true })

export const PersonField = z.enum(['name', 'idNumber', 'birthDate', 'sex', 'phone', 'healthNote'])
/** What a reveal shows; the note for first aid is opened at an alarm alone. */
export const RevealedField = PersonField.exclude(['healthNote'])
export const Source = z.enum(['visit', 'counter', 'resident', 'policeFile', 'import', 'demo'])
/** What somebody at work can name as his source; the others come with their files. */
export const OwnSource = z.enum(['visit', 'counter'])
export const Residence = z.enum(['owner', 'tenant', 'family', 'other'])
export const Status = z.enum(['here', 'away', 'died', 'merged', 'erased'])
/** Levels of posts that a label is shown to. */
export const ViewerLevel = z.enum(viewerLevels)
export const Masked = z.partialRecord(PersonField, z.string())
