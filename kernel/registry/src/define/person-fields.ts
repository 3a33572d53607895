import { maskMinor, maskName, maskPhone } from '@linli/base/define'

/** Who owns a fact (一数一源): its value wins, and others send corrections. */
export type FieldOwner = 'police' | 'community' | 'healthOffice'

interface PersonFieldRule {
  readonly name: string
  readonly nameEn: string
  readonly owner: FieldOwner
  /** As lists and files show it (standards 7.4); null where nothing is shown. */
  mask(value: string): string | null
}

/** 239999********1234: region and tail, never the date of birth. */
export const maskIdentity = (number: string): string => `${number.slice(0, 6)}${'*'.repeat(8)}${number.slice(-4)}`

/** What a person file holds about its person. All of it is sealed; a mask is what everybody with the right to the file sees. */
export const personFields = {
  name: { name: '姓名', nameEn: 'Name', owner: 'police', mask: maskName },
  idNumber: { name: '公民身份号码', nameEn: 'ID number', owner: 'police', mask: maskIdentity },
  birthDate: { name: '出生日期', nameEn: 'Date of birth', owner: 'police', mask: (value) => value.slice(0, 4) },
  sex: { name: '性别', nameEn: 'Sex', owner: 'police', mask: (value) => value },
  phone: { name: '联系电话', nameEn: 'Phone', owner: 'community', mask: maskPhone },
  healthNote: { name: '急救提示', nameEn: 'Note for first aid', owner: 'community', mask: () => null },
} as const satisfies Record<string, PersonFieldRule>

export type PersonField = keyof typeof personFields
export const personFieldKeys = Object.keys(personFields) as PersonField[]
export type PersonValues = Partial<Record<PersonField, string>>

/** Full age (成年, 民法典 17). */
const fullAge = 18

/** The day on which somebody comes of age; who was born on 29 February does on 1 March. */
export function comesOfAgeOn(birthDate: string): string {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year + fullAge, month - 1, day)).toISOString().slice(0, 10)
}

/** Who is known to be a minor on a day (`YYYY-MM-DD`); without a date of birth nobody is. */
export const isMinor = (birthDate: string | undefined, today: string): boolean => birthDate !== undefined && today < comesOfAgeOn(birthDate)

/** One value as lists and files show it; the name of a minor by its surname alone (standards 7.4). */
export const maskField = (field: PersonField, value: string, ofMinor: boolean): string | null =>
  field === 'name' && ofMinor ? maskMinor(value) : personFields[field].mask(value)

/** The masked view of what is known, on a day. */
export function maskPerson(values: PersonValues, today: string): Partial<Record<PersonField, string>> {
  const masked: Partial<Record<PersonField, string>> = {}
  const ofMinor = isMinor(values.birthDate, today)
  for (const key of personFieldKeys) {
    const value = values[key]
    const shown = value ? maskField(key, value, ofMinor) : null
    if (shown) masked[key] = shown
  }
  return masked
}
