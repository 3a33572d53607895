import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picked } from '../forms/form-draft.ts'

export interface PickOption extends Picked {
  note?: string
}

export type PickSource = (words: string, signal: AbortSignal) => Promise<readonly PickOption[]>

interface PickListProps {
  id: string
  value: Picked | undefined
  onChange(value: Picked | undefined): void
  source: PickSource
  /** What the source finds in, where that may come later than the field: when it is another, an open list is asked again. */
  within?: string
  describedBy?: string | undefined
  invalid?: boolean
  disabled?: boolean
  placeholder?: string
  /** For a search box: its name when no label points at it, and a hold on the input for a shortcut. */
  label?: string
  inputRef?: Ref<HTMLInputElement>
}

/**
 * Type to find, arrows to choose, Enter to take, Esc to close: the combobox pattern of ARIA, for lists too long to show.
 * Typing something else gives the pick up, so that what is read and what is sent never differ.
 */
export function PickList({
  id,
  value,
  onChange,
  source,
  within,
  describedBy,
  invalid = false,
  disabled = false,
  placeholder,
  label,
  inputRef,
}: PickListProps) {
  const { t } = useTranslation()
  const listId = useId()
  const [words, setWords] = useState<string>()
  const [options, setOptions] = useState<readonly PickOption[] | 'failed' | undefined>()
  const [active, setActive] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const ask = useRef(source)
  ask.current = source

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the source finds in is read by the source
  useEffect(() => {
    if (!isOpen) return
    const stop = new AbortController()
    const timer = setTimeout(
      () => {
        ask.current(words ?? '', stop.signal).then(
          (found) => {
            if (stop.signal.aborted) return
            setOptions(found)
            setActive(0)
          },
          () => {
            if (!stop.signal.aborted) setOptions('failed')
          },
        )
      },
      words === undefined ? 0 : 150,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [isOpen, words, within])

  const list = Array.isArray(options) ? (options as readonly PickOption[]) : []
  const take = (option: PickOption) => {
    onChange({ id: option.id, label: option.label })
    setWords(undefined)
    setIsOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) setIsOpen(true)
      else setActive((at) => Math.min(list.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && isOpen && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      const option = list[active]
      if (option) take(option)
    } else if (event.key === 'Escape' && isOpen) {
      // Only the list closes; the dialog around it stays.
      event.preventDefault()
      event.stopPropagation()
      setIsOpen(false)
      setWords(undefined)
    }
  }

  return (
    <div className="dk-pick">
      <input
        id={id}
        ref={inputRef}
        aria-label={label}
        className="dk-input"
        role="combobox"
        autoComplete="off"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && list[active] ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        disabled={disabled}
        placeholder={placeholder ?? t('desk.pick.placeholder')}
        value={words ?? value?.label ?? ''}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => setIsOpen(true)}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setIsOpen(true)
          if (value) onChange(undefined)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setIsOpen(false)
          setWords(undefined)
        }}
      />
      <div id={listId} role="listbox" className="dk-pick-list" hidden={!isOpen} aria-label={t('desk.pick.options')}>
        {list.map((option, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input keeps the focus and its keys choose (aria-activedescendant)
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={option.id}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === active}
            className="dk-pick-option"
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => setActive(at)}
            onClick={() => take(option)}
          >
            <span>{option.label}</span>
            {option.note ? <small>{option.note}</small> : null}
          </div>
        ))}
        {list.length === 0 ? (
          <div className="dk-pick-none" role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
            {options === undefined ? t('desk.loading') : options === 'failed' ? t('desk.pick.failed') : t('desk.pick.none')}
          </div>
        ) : null}
      </div>
    </div>
  )
}
