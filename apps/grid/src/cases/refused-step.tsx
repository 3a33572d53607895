import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import { refusalWords } from '../frame/problem-words.ts'
import type { QueuedStep } from '../kept/items.ts'
import { throwAway } from '../kept/queue.ts'
import { changeStep } from './draft.ts'
import type { CaseView, Entry } from './queries.ts'

interface RefusedStepProps {
  step: QueuedStep
  view: CaseView
  entries: readonly Entry[]
  /** Opens the form of the same step on the state as it is now. */
  onMend(step: QueuedStep): void
}

/** A step that came back: why, what others did meanwhile and where the matter is now. What was written goes back into the form, if the step is still there. */
export function RefusedStep({ step, view, entries, onMend }: RefusedStepProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const name = word(`move.${step.key}`, step.stepName)
  const isOffered = view.moves.some(({ key }) => key === step.key)
  const mend = (): void => {
    changeStep(step.draft, { values: step.draft.values, photos: step.photos })
    throwAway(step.requestId, { keepsPhotos: true })
    onMend(step)
  }
  return (
    <div className="off" role="alert">
      <div className="off-text sheet-stack">
        <p className="strong">{t('case.refused', { name, at: time.moment(step.at, Date.now()) })}</p>
        <p>{refusalWords(step.refusal!, t)}</p>
        <CaseNow view={view} entries={entries} since={step.body.expectedSeq} />
        <div className="btn-row">
          {isOffered ? (
            <button type="button" className="btn" onClick={mend}>
              {t('case.mend')}
            </button>
          ) : null}
          <button type="button" className="btn" onClick={() => throwAway(step.requestId)}>
            {t('queue.throwAway')}
          </button>
        </div>
      </div>
    </div>
  )
}

interface CaseNowProps {
  view: Pick<CaseView, 'stage' | 'stageName'>
  entries: readonly Entry[]
  /** The state that the refused step was decided on. */
  since: number
}

/** Where a matter is now, and who brought it there. */
export function CaseNow({ view, entries, since }: CaseNowProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  return (
    <ul className="second">
      {entries
        .filter(({ seq }) => seq > since)
        .map((entry) => (
          <li key={entry.seq}>
            {t('case.meanwhile', {
              at: time.moment(entry.at, Date.now()),
              who: [entry.orgName, entry.byName].filter(Boolean).join(' '),
              what: word(`move.${entry.move}`, entry.moveName),
            })}
          </li>
        ))}
      <li>{t('case.now', { stage: word(`stage.${view.stage}`, view.stageName) })}</li>
    </ul>
  )
}
