import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Nothing } from '../parts/states.tsx'

/** One thing that a list is narrowed to: `label` says what kind of thing, `value` which. */
export interface Chip {
  key: string
  label: string
  value: string
  onRemove(): void
}

/** A chip for each part of a filter that is set; `label` and `value` in words. */
export function chipsOf<K extends string>(
  parts: readonly (readonly [key: K, label: string, value: string | undefined])[],
  onRemove: (key: K) => void,
): Chip[] {
  return parts.flatMap(([key, label, value]) => (value ? [{ key, label, value, onRemove: () => onRemove(key) }] : []))
}

/** What the list is narrowed to, each to be taken off by itself. */
export function FilterChips({ chips, onClear }: { chips: readonly Chip[]; onClear(): void }) {
  const { t } = useTranslation()
  if (chips.length === 0) return null
  return (
    <div className="wb-chips" role="group" aria-label={t('lists.narrowedTo')}>
      {chips.map((chip) => (
        <button
          key={chip.key}
          type="button"
          className="wb-chip"
          aria-label={t('lists.takeOff', { label: chip.label, value: chip.value })}
          onClick={chip.onRemove}
        >
          <span>
            {chip.label} <b>{chip.value}</b>
          </span>
          <X size={14} aria-hidden="true" />
        </button>
      ))}
      {chips.length > 1 ? (
        <button type="button" className="dk-link" onClick={onClear}>
          {t('list.clear')}
        </button>
      ) : null}
    </div>
  )
}

interface EmptyListProps {
  chips: readonly Chip[]
  title: string
  text?: string | undefined
  onClear(): void
}

/** Nothing here: as it stands, or because of what the list is narrowed to, which can be taken off at once. */
export function EmptyList({ chips, title, text, onClear }: EmptyListProps) {
  const { t } = useTranslation()
  if (chips.length === 0) return <Nothing title={title}>{text}</Nothing>
  return (
    <Nothing title={t('list.emptyFiltered')}>
      <p>{t(chips.length === 1 ? 'lists.tryWithout' : 'lists.tryWithoutOne')}</p>
      <div className="wb-chips wb-chips-middle">
        {chips.map((chip) => (
          <button key={chip.key} type="button" className="wb-chip" onClick={chip.onRemove}>
            <span>{t('lists.without', { label: chip.label, value: chip.value })}</span>
          </button>
        ))}
        {chips.length > 1 ? (
          <button type="button" className="dk-link" onClick={onClear}>
            {t('list.clear')}
          </button>
        ) : null}
      </div>
    </Nothing>
  )
}
