/** What a field of an importable thing holds. `area` is a code or a name of a place. */
export type ImportFieldKind = 'text' | 'code' | 'instant' | 'number' | 'choice' | 'yesNo' | 'area'

/** One thing that a row can say, declared by whoever can be imported into. */
export interface ImportField {
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly kind: ImportFieldKind
  /** A row without it is refused. */
  readonly isRequired?: true
  /** Longest text. */
  readonly max?: number
  /** Of a choice: what it may be. */
  readonly options?: readonly { readonly value: string; readonly zh: string; readonly en: string }[]
  /** How others call such a column: a mapping is guessed by these. */
  readonly calledToo?: readonly string[]
  /** Personal: previews show it masked. */
  readonly mask?: 'name' | 'phone'
  /** What to know before it is mapped. */
  readonly note?: { readonly zh: string; readonly en: string }
}

export type MappedValue = string | number | boolean | Date

/** What a row says, by field; what it does not say is not there. */
export type MappedValues = Readonly<Record<string, MappedValue>>
