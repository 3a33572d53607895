import { Copy } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Puts text on the clipboard and says so for a while; without a clipboard (plain http elsewhere) it says that. */
export function useCopy(): { said: string; copy(text: string, count: number): void } {
  const { t } = useTranslation()
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(''), 4000)
    return () => clearTimeout(timer)
  }, [said])
  const copy = useCallback(
    (text: string, count: number) => {
      const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard here'))
      done.then(
        () => setSaid(t('lists.copied', { count })),
        () => setSaid(t('lists.notCopied')),
      )
    },
    [t],
  )
  return { said, copy }
}

/** The word that comes and goes at the foot of the window. */
export function Toast({ children }: { children: string }) {
  return (
    <div role="status" className={children ? 'wb-toast' : 'dk-visually-hidden'}>
      {children}
    </div>
  )
}

interface CopyRowsProps {
  marked: number
  /** Rows that are here, marked or not. */
  count: number
  onCopy(): void
  onUnmark(): void
}

/** Takes the marked rows along, or all that are here. */
export function CopyRows({ marked, count, onCopy, onUnmark }: CopyRowsProps) {
  const { t } = useTranslation()
  return (
    <span className="wb-inline">
      {marked > 0 ? (
        <>
          <span className="dk-note" role="status">
            {t('lists.marked', { count: marked })}
          </span>
          <button type="button" className="dk-link" onClick={onUnmark}>
            {t('lists.unmark')}
          </button>
        </>
      ) : null}
      <button type="button" className="dk-button dk-button-small" disabled={count === 0} onClick={onCopy}>
        <Copy size={16} aria-hidden="true" />
        {t(marked > 0 ? 'lists.copyMarked' : 'lists.copyAll')}
      </button>
    </span>
  )
}
