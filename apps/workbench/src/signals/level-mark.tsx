import { useTranslation } from 'react-i18next'

/** Color and word: a color alone says nothing to many. */
export function LevelMark({ level }: { level: number }) {
  const { t } = useTranslation()
  return (
    <span className="wb-level" data-level={level}>
      {t(`alarms.levels.${level}`)}
    </span>
  )
}
