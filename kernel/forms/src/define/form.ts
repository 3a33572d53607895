/** A field of a form, as data: the server checks it, the browser draws it, an auditor reads it. */
export interface FieldCommon {
  readonly key: string
  /** Chinese label; English in the pack's locales under `field.<key>`. */
  readonly label: string
  readonly hint?: string
  /** Absent means the field may be left empty; a required one says why in `basis`. */
  readonly required?: true
  /** Why it must be asked: clause or plain reason. Required fields without one do not pass the pack check. */
  readonly basis?: string
  /** Masked in lists, revealed with a reason. */
  readonly sensitive?: true
  /** The data element that the field is (one fact, one name). */
  readonly element?: string
}

export interface TextField extends FieldCommon {
  readonly type: 'text'
  readonly min?: number
  readonly max: number
  readonly lines?: number
}
export interface ChoiceField extends FieldCommon {
  readonly type: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
}
export interface YesNoField extends FieldCommon {
  readonly type: 'yesNo'
}
export interface NumberField extends FieldCommon {
  readonly type: 'number'
  readonly min?: number
  readonly max?: number
  readonly whole?: true
}
export interface InstantField extends FieldCommon {
  readonly type: 'instant'
  readonly when?: 'past' | 'future'
}
/** An organization, picked from a list or from the routing suggestion. */
export interface OrganizationField extends FieldCommon {
  readonly type: 'organization'
}
/** A colleague of the acting post's organization. */
export interface ColleagueField extends FieldCommon {
  readonly type: 'colleague'
}
export interface FilesField extends FieldCommon {
  readonly type: 'files'
  readonly max: number
}

export type Field = TextField | ChoiceField | YesNoField | NumberField | InstantField | OrganizationField | ColleagueField | FilesField

export interface FormDefinition {
  readonly fields: readonly Field[]
}

export function defineForm(...fields: readonly Field[]): FormDefinition {
  const keys = new Set(fields.map((field) => field.key))
  if (keys.size !== fields.length) throw new Error('two fields of one form have the same key')
  for (const key of keys) if (!/^[a-z][A-Za-z0-9]*$/.test(key) || key in Object.prototype) throw new Error(`no name for a field: ${key}`)
  return { fields }
}
