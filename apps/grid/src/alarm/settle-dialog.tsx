import { Chips, Dialog, ErrorSummary, Field, Toggle } from '@linli/ui/touch'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EpisodeView } from '../api/queries.ts'
import type { QueuedMove } from '../kept/items.ts'

const outcomes = ['REAL', 'FALSE_ENV', 'FALSE_DEVICE', 'TEST', 'DUPLICATE', 'UNREACHABLE'] as const
type Outcome = (typeof outcomes)[number]
/** Endings that say how the person is: somebody must have gone to see, where the rule asks for it. */
const saysHow: ReadonlySet<Outcome> = new Set(['REAL', 'FALSE_ENV', 'UNREACHABLE'])

interface SettleProps {
  episode: EpisodeView
  open: boolean
  onClose(): void
  onSettle(said: Partial<QueuedMove['body']>): Promise<void>
}

/** How it ended: one of six, in words, and for a real one whether others go on with it. Judged here too, for there may be no network. */
export function SettleDialog({ episode, open, onClose, onSettle }: SettleProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<Outcome>()
  const [text, setText] = useState('')
  const [opensCase, setOpensCase] = useState(false)
  const [problems, setProblems] = useState<readonly string[]>([])
  const openCase = episode.mayOpenCase && outcome === 'REAL' && opensCase
  const settle = (event: FormEvent): void => {
    event.preventDefault()
    const wrong = [...(outcome ? [] : [t('alarm.needOutcome')]), ...(openCase || [...text.trim()].length > 1 ? [] : [t('alarm.needText')])]
    setProblems(wrong)
    if (wrong.length > 0) return
    void onSettle({ outcome, text: text.trim(), openCase })
    onClose()
  }
  return (
    <Dialog title={t('alarm.settleTitle')} open={open} onClose={onClose}>
      <form className="sheet-stack" noValidate onSubmit={settle}>
        {problems.length > 0 ? <ErrorSummary title={t('alarm.mend')} problems={problems.map((message) => ({ message }))} /> : null}
        {episode.needsVisit && !episode.visit ? <p className="note">{t('alarm.visitFirst')}</p> : null}
        <div className="field">
          <span className="label">{t('alarm.outcome')}</span>
          <Chips
            label={t('alarm.outcome')}
            choices={outcomes
              .filter((key) => !episode.needsVisit || episode.visit || !saysHow.has(key))
              .map((key) => ({ key, name: t(`alarm.outcomes.${key}`) }))}
            value={outcome}
            onChange={(key) => setOutcome(key)}
          />
        </div>
        <Field label={t('alarm.what')} hint={t('alarm.whatHint')}>
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={3}
              maxLength={450}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {episode.mayOpenCase && outcome === 'REAL' ? (
          <Toggle selected={opensCase} onChange={setOpensCase}>
            {t('alarm.openCase')}
          </Toggle>
        ) : null}
        <button type="submit" className="btn primary big wide">
          {t('alarm.settleNow')}
        </button>
      </form>
    </Dialog>
  )
}
