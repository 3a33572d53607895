/** One value that a device of a kind sends. */
export interface ValueSpec {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  /** `flag` is 0 or 1; a boolean is taken as one. */
  readonly type: 'flag' | 'integer' | 'number'
  readonly unit?: string
  /** Beyond these a value is a fault of the device, not a measurement. */
  readonly from: number
  readonly to: number
}

/** What devices of one kind measure and how often they are heard (物模型). */
export interface ThingModel {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly values: readonly ValueSpec[]
  /** Seconds between two messages at rest; one without a session is online while it was heard within three of them. */
  readonly beatSeconds: number
  /** Somebody may call for help with it: whatever is suspected of it, it is never shut out by itself. */
  readonly isLifeline?: true
  /** Others send through it. */
  readonly isGateway?: true
}

/** A value that was refused, and why. */
export interface ValueFault {
  readonly reason: 'value-unknown' | 'value-wrong-type' | 'value-out-of-range'
  readonly field: string
}

/** The values that fit the model, and the first that does not. */
export function fitValues(
  model: ThingModel,
  given: Readonly<Record<string, unknown>>,
): { values: Record<string, number>; fault?: ValueFault } {
  const values: Record<string, number> = {}
  let fault: ValueFault | undefined
  for (const [field, value] of Object.entries(given)) {
    const fitted = fitOne(model, field, value)
    if (typeof fitted === 'number') values[field] = fitted
    else fault ??= { reason: fitted, field }
  }
  return fault ? { values, fault } : { values }
}

function fitOne(model: ThingModel, key: string, value: unknown): number | ValueFault['reason'] {
  const spec = model.values.find((one) => one.key === key)
  if (!spec) return 'value-unknown'
  const number = typeof value === 'boolean' && spec.type === 'flag' ? Number(value) : value
  if (typeof number !== 'number' || (spec.type !== 'number' && !Number.isInteger(number))) return 'value-wrong-type'
  return number >= spec.from && number <= spec.to ? number : 'value-out-of-range'
}
