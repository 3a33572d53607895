import { useTimeWords } from '@linli/ui/text'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftStore, isBlank } from './draft.ts'

const minute = 60_000

/** A draft found on this device says since when it waits, and can be thrown away. */
export function KeptNote() {
  const { t } = useTranslation()
  const words = useTimeWords()
  // Only a draft from an earlier visit is worth a word.
  const [foundAt] = useState(() => (isBlank(draftStore.get()) ? undefined : draftStore.get().changedAt))
  const [gone, setGone] = useState(false)
  if (foundAt === undefined || gone || Date.now() - foundAt < minute / 30) return null
  return (
    <div className="note kept-note">
      <span>{t('report.kept', { when: words.ago(foundAt, Date.now()) })}</span>
      <button
        type="button"
        className="link strong"
        onClick={() => {
          draftStore.clear()
          setGone(true)
        }}
      >
        {t('report.startOver')}
      </button>
    </div>
  )
}
