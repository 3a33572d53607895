import type { CaseType } from '../define/case-type.ts'
import { CaseError } from './errors.ts'

/** A first-level category of appeals with words that people use for it. */
export interface Category {
  key: string
  name: string
  nameEn: string
  examples: string[]
}

/** The case types in force, by key; filled by the scenes that are installed. */
export interface CaseCatalogue {
  get(key: string): CaseType
  /** The type that a public appeal opens in this area; undefined where the scene is switched off. */
  appealTypeFor(areaPath: string): CaseType | undefined
  /** Is the scene of this type switched on here? Off, nothing new is opened and nobody is reminded; open cases are finished as before. */
  isOn(typeKey: string, areaPath: string): boolean
  categories: readonly Category[]
  all(): readonly CaseType[]
}

export function createCatalogue(
  types: readonly CaseType[],
  categories: readonly Category[],
  isOn: (typeKey: string, areaPath: string) => boolean,
): CaseCatalogue {
  const byKey = new Map(types.map((type) => [type.key, type]))
  return {
    categories,
    all: () => types,
    isOn,
    appealTypeFor: (areaPath) => types.find((type) => type.kind === 'appeal' && isOn(type.key, areaPath)),
    get(key) {
      const type = byKey.get(key)
      if (!type) throw CaseError('type_unknown', { detail: `没有这种事项：${key}` })
      return type
    },
  }
}
