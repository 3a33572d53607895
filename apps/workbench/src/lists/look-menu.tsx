import { Columns3 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListColumn } from './list-column.ts'
import type { ListLook } from './list-look.ts'

interface LookMenuProps<Row> {
  columns: readonly ListColumn<Row>[]
  look: ListLook
  onLook(look: ListLook): void
}

/** Which columns, and how close the rows stand. */
export function LookMenu<Row>({ columns, look, onLook }: LookMenuProps<Row>) {
  const { t } = useTranslation()
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const shown = new Set(look.columns)
  const choose = (key: string) => {
    const next = new Set(shown)
    if (!next.delete(key)) next.add(key)
    onLook({ ...look, columns: columns.filter((column) => column.isFixed || next.has(column.key)).map((column) => column.key) })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: watches where the focus goes; Esc closes what its button opened
    <div
      className="wb-menu-anchor"
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setIsOpen(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setIsOpen(false)
        button.current?.focus()
      }}
    >
      <button
        ref={button}
        type="button"
        className="dk-button dk-button-small"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Columns3 size={16} aria-hidden="true" />
        {t('lists.look')}
      </button>
      {isOpen ? (
        <div id={id} className="wb-menu wb-look" role="group" aria-label={t('lists.look')}>
          {columns.map((column) => (
            <label key={column.key} className="dk-choice">
              <input
                type="checkbox"
                checked={shown.has(column.key)}
                disabled={column.isFixed === true}
                onChange={() => choose(column.key)}
              />
              {column.head}
            </label>
          ))}
          <hr />
          <label className="dk-choice">
            <input type="checkbox" checked={look.isDense} onChange={() => onLook({ ...look, isDense: !look.isDense })} />
            {t('lists.dense')}
          </label>
        </div>
      ) : null}
    </div>
  )
}
