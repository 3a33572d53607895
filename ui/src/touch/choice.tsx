import { Check } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { Radio, RadioGroup, Switch } from 'react-aria-components'
import { Icon } from './icon.tsx'

export interface ChipChoice<K extends string> {
  key: K
  name: string
}

/** One of a few, as chips; the chosen one differs by edge, tick and ground. */
export function Chips<K extends string>({ label, choices, value, onChange }: { label: string; choices: readonly ChipChoice<K>[]; value: K | undefined; onChange(key: K): void }) {
  return (
    <RadioGroup className="chips" aria-label={label} value={value ?? null} onChange={(key) => onChange(key as K)} orientation="horizontal">
      {choices.map((choice) => (
        <Radio key={choice.key} value={choice.key} className="chip">
          {({ isSelected }) => (
            <>
              {isSelected ? <Icon of={Check} /> : null}
              <span>{choice.name}</span>
            </>
          )}
        </Radio>
      ))}
    </RadioGroup>
  )
}

/** An on/off that carries a tick, so that its state needs no colour. */
export function Toggle({ children, hint, selected, onChange }: { children: ReactNode; hint?: string; selected: boolean; onChange(selected: boolean): void }) {
  const hintId = useId()
  return (
    <Switch className="sw" isSelected={selected} onChange={onChange} aria-describedby={hint ? hintId : undefined}>
      <span className="row-text">
        <span className="row-title">{children}</span>
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
    </Switch>
  )
}
