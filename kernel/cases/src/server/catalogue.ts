import type { CaseKind, CaseType } from '../define/case-type.ts'
import { CaseError } from './errors.ts'

/** A first-level category of one kind of work, with words that people use for it. */
export interface Category {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly examples: readonly string[]
  /** Of these examples those that are about a place that all share: a neighbor may be told that somebody said so. */
  readonly sharedSayings?: readonly string[]
}

/** Case types with the categories of their own: duty lists and statistics of two kinds of work stay apart. */
export interface CataloguePack {
  readonly caseTypes: readonly CaseType[]
  readonly categories: readonly Category[]
}

/** The case types in force, by key; filled by the scenes that are installed. */
export interface CaseCatalogue {
  get(key: string): CaseType
  /** The type that a matter of this kind opens in this area; undefined where no scene for it is switched on. */
  typeFor(kind: CaseKind, areaPath: string): CaseType | undefined
  /** Is the scene of this type switched on here? Off, nothing new is opened and nobody is reminded; open cases are finished as before. */
  isOn(typeKey: string, areaPath: string): boolean
  /** Of a type, by key. */
  categoriesOf(typeKey: string): readonly Category[]
  /** Of every type of a kind. */
  categoriesFor(kind: CaseKind): readonly Category[]
  all(): readonly CaseType[]
}

export function createCatalogue(packs: readonly CataloguePack[], isOn: (typeKey: string, areaPath: string) => boolean): CaseCatalogue {
  const types = packs.flatMap(({ caseTypes }) => caseTypes)
  const byKey = new Map(types.map((type) => [type.key, type]))
  const categories = new Map(packs.flatMap((pack) => pack.caseTypes.map(({ key }) => [key, pack.categories] as const)))
  return {
    all: () => types,
    isOn,
    categoriesOf: (typeKey) => categories.get(typeKey) ?? [],
    categoriesFor: (kind) => packs.flatMap((pack) => (pack.caseTypes.some((type) => type.kind === kind) ? pack.categories : [])),
    typeFor: (kind, areaPath) => types.find((type) => type.kind === kind && isOn(type.key, areaPath)),
    get(key) {
      const type = byKey.get(key)
      if (!type) throw CaseError('type_unknown', { detail: `没有这种事项：${key}` })
      return type
    },
  }
}
