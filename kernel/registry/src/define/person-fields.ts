import { maskName, maskPhone } from '@linli/base/define'

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

/** The masked view of what is known. */
export function maskPerson(values: PersonValues): Partial<Record<PersonField, string>> {
  const masked: Partial<Record<PersonField, string>> = {}
  for (const key of personFieldKeys) {
    const value = values[key]
    const shown = value ? personFields[key].mask(value) : null
    if (shown) masked[key] = shown
  }
  return masked
}
