import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface MenuItem {
  key: string
  text: string
  /** One of a group of choices: whether it is the chosen one. */
  isChosen?: boolean
}

export interface MenuGroup {
  /** Without a label the group is set off by a line. */
  label?: string
  items: readonly MenuItem[]
}

interface MenuButtonProps {
  groups: readonly MenuGroup[]
  onChoose(key: string): void
  children: ReactNode
}

/** A button with a menu: arrows walk, Enter takes, Esc or leaving closes and gives the focus back. */
export function MenuButton({ groups, onChoose, children }: MenuButtonProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOpen) menu.current?.querySelector<HTMLElement>('button')?.focus()
  }, [isOpen])
  const close = () => {
    setIsOpen(false)
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('button') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      items[(next + items.length) % items.length]?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      close()
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: watches where the focus goes, as the menu pattern asks
    <div
      className="wb-menu-anchor"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false)
      }}
    >
      <button
        ref={button}
        type="button"
        className="wb-user"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setIsOpen(true)
        }}
      >
        {children}
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      {isOpen ? (
        <div ref={menu} id={id} role="menu" tabIndex={-1} className="wb-menu" onKeyDown={onKeyDown}>
          {groups.map((group) => (
            <div key={group.label ?? 'last'} role="group" aria-label={group.label}>
              {group.label ? (
                <p className="wb-menu-label" aria-hidden="true">
                  {group.label}
                </p>
              ) : null}
              {group.items.map((item) => (
                <button
                  key={item.key}
                  type="button"
                  tabIndex={-1}
                  className="wb-menu-item"
                  {...(item.isChosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.isChosen })}
                  onClick={() => {
                    close()
                    onChoose(item.key)
                  }}
                >
                  <span aria-hidden="true">{item.isChosen ? '✓' : ''}</span>
                  {item.text}
                </button>
              ))}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
