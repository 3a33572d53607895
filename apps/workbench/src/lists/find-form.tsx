import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface FindFormProps {
  q: string | undefined
  /** What can be typed: said in the box and of it. */
  label: string
  /** Words without blanks around them; undefined for none. */
  onFind(q: string | undefined): void
  minLength?: number
  /** Fields with their names above them stand beside the box. */
  isWide?: boolean
  /** What else the list can be narrowed to. */
  children?: ReactNode
}

/** The box that a list is searched by; the words stand in the address. */
export function FindForm({ q, label, onFind, minLength, isWide = false, children }: FindFormProps) {
  const { t } = useTranslation()
  return (
    <form
      className={isWide ? 'wb-filter wb-filter-wide wb-no-print' : 'wb-filter'}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        const words = new FormData(event.currentTarget).get('q')
        onFind((typeof words === 'string' && words.trim()) || undefined)
      }}
    >
      <input
        key={q ?? ''}
        name="q"
        type="search"
        className="dk-input"
        defaultValue={q ?? ''}
        aria-label={label}
        placeholder={label}
        minLength={minLength}
        maxLength={60}
      />
      <button type="submit" className="dk-button">
        {t('list.find')}
      </button>
      {children}
    </form>
  )
}
