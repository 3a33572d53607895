import { useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Conflict } from './conflict.ts'

/** "Somebody was faster": what happened, where the case is now, and that nothing typed is lost. */
export function ConflictNote({ conflict, keepsText }: { conflict: Conflict; keepsText: boolean }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return (
    <div className="wb-conflict" role="alert">
      <p>
        <strong>{t('conflict.title')}</strong>
      </p>
      <ul>
        {conflict.steps.map((step) => (
          <li key={step.seq}>
            {t('conflict.step', {
              who: step.orgName ? `${step.byName}（${step.orgName}）` : step.byName,
              when: time.moment(step.at, now),
              what: text(`move.${step.move}`, step.moveName),
            })}
          </li>
        ))}
      </ul>
      <p>
        {t('conflict.now', { stage: text(`stage.${conflict.stage}`, conflict.stageName) })}{' '}
        {t(conflict.isStillOffered ? 'conflict.again' : 'conflict.over')} {keepsText ? t('conflict.kept') : null}
      </p>
    </div>
  )
}
