import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The number of a case and a button that copies it. Without a clipboard (plain http elsewhere) the number can still be selected. */
export function CopyNumber({ number }: { number: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(number)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <span className="wb-number">
      <span>{number}</span>
      <button
        type="button"
        className="dk-icon-button wb-copy"
        aria-label={t('copy.number', { number })}
        title={t('copy.title')}
        onClick={() => void copy()}
      >
        {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
      </button>
      <span role="status" className="dk-visually-hidden">
        {copied ? t('copy.done') : ''}
      </span>
    </span>
  )
}
