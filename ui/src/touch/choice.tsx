import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

export interface ChipChoice<K extends string> {
  key: K
  name: string
}

export interface ChipsProps<K extends string> {
  label: string
  choices: readonly ChipChoice<K>[]
  value: K | undefined
  onChange(key: K): void
}

/** One of a few, as chips over the browser's own radio buttons; the chosen one differs by edge, tick and ground. */
export function Chips<K extends string>({ label, choices, value, onChange }: ChipsProps<K>) {
  const group = useId()
  return (
    <div className="chips" role="radiogroup" aria-label={label}>
      {choices.map(({ key, name }) => (
        <label className="chip" key={key}>
          <input type="radio" name={group} checked={key === value} onChange={() => onChange(key)} />
          {key === value ? <Icon of={Check} /> : null}
          <span>{name}</span>
        </label>
      ))}
    </div>
  )
}

/** An on/off that carries a tick, so that its state needs no color. */
export function Toggle({
  children,
  hint,
  selected,
  onChange,
}: {
  children: ReactNode
  hint?: string
  selected: boolean
  onChange(selected: boolean): void
}) {
  const nameId = useId()
  const hintId = useId()
  return (
    <label className="sw">
      <input
        type="checkbox"
        role="switch"
        checked={selected}
        aria-labelledby={nameId}
        aria-describedby={hint ? hintId : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="row-text">
        <span className="row-title" id={nameId}>
          {children}
        </span>
        {hint ? (
          <span className="quiet" id={hintId}>
            {hint}
          </span>
        ) : null}
      </span>
      <span className="sw-track" aria-hidden="true">
        <span className="sw-thumb">
          <Icon of={Check} />
        </span>
      </span>
    </label>
  )
}
