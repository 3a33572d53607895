import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area } from '../api/queries.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { type EpisodeMove, type EpisodeView, episodeQuery } from './queries.ts'

const outcomes = ['REAL', 'FALSE_ENV', 'FALSE_DEVICE', 'TEST', 'DUPLICATE', 'UNREACHABLE'] as const
type Outcome = (typeof outcomes)[number]
/** Endings that say how the person is: somebody must have gone to see, where the rule asks for it. */
const saysHow: ReadonlySet<Outcome> = new Set(['REAL', 'FALSE_ENV', 'UNREACHABLE'])

interface Moving {
  key: EpisodeMove
  text: string
  outcome?: Outcome
  openCase: boolean
}

/** What may be done now. Answering, setting out and arriving are one press; only the end asks how it ended. */
export function AlarmMoves({ episode }: { episode: EpisodeView }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [isSettling, setSettling] = useState(false)
  const intent = useRef<Intent>(undefined)
  const move = useMutation({
    mutationFn: ({ key, ...body }: Moving) => {
      intent.current = nextIntent(intent.current, { key, ...body }, newId)
      return call('POST /episodes/:episodeId/moves/:key', {
        params: { episodeId: episode.episodeId, key },
        body: { ...body, requestId: intent.current.requestId },
      })
    },
    onSuccess: (answer, { key }) => {
      intent.current = undefined
      // Whoever arrives is quick to write down what it was: the answer to one press must not shut the form opened by the next.
      if (key === 'settle') setSettling(false)
      queryClient.setQueryData(episodeQuery(episode.episodeId).queryKey, answer)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [area.episodes] }),
  })
  const steps = episode.moves.filter((key) => key === 'acknowledge' || key === 'depart' || key === 'arrive')
  if (episode.moves.length === 0 || episode.stage === 'settled') return null
  return (
    <div className="wb-alarm-moves">
      <div className="wb-inline">
        {steps.map((key, index) => (
          <button
            key={key}
            type="button"
            className={`dk-button ${index === 0 ? 'dk-button-primary' : ''}`}
            disabled={move.isPending}
            onClick={() => move.mutate({ key, text: '', openCase: false })}
          >
            {t(`alarms.moves.${key}`)}
          </button>
        ))}
        {episode.moves.includes('settle') && !isSettling ? (
          <button type="button" className="dk-button" onClick={() => setSettling(true)}>
            {t('alarms.moves.settle')}
          </button>
        ) : null}
      </div>
      {isSettling ? (
        <SettleForm
          episode={episode}
          error={move.error}
          isBusy={move.isPending}
          onCancel={() => setSettling(false)}
          onSettle={(said) => move.mutate({ key: 'settle', ...said })}
        />
      ) : null}
      {move.error && !isSettling ? (
        <p className="dk-error" role="alert">
          {words(move.error)}
        </p>
      ) : null}
    </div>
  )
}

interface SettleProps {
  episode: EpisodeView
  error: unknown
  isBusy: boolean
  onCancel(): void
  onSettle(said: Omit<Moving, 'key'>): void
}

function SettleForm({ episode, error, isBusy, onCancel, onSettle }: SettleProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const [outcome, setOutcome] = useState<Outcome>()
  const [text, setText] = useState('')
  const [openCase, setOpenCase] = useState(false)
  const refused = useFieldProblems()(error, ['outcome', 'text', 'openCase'])
  return (
    <form
      className="wb-settle"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSettle({ ...(outcome ? { outcome } : {}), text: text.trim(), openCase: openCase && outcome === 'REAL' })
      }}
    >
      <fieldset className="dk-field">
        <legend className="dk-label">{t('alarms.outcome')}</legend>
        {episode.needsVisit && !episode.visit ? (
          <p className="dk-note">
            {t('alarms.visitFirst')}{' '}
            <a className="dk-link" href={`/grid/people/${episode.subjectId}/visit?alarm=${episode.episodeId}`}>
              {t('alarms.visitNow')}
            </a>
          </p>
        ) : null}
        <div className="wb-settle-choices">
          {outcomes
            .filter((one) => !episode.needsVisit || episode.visit || !saysHow.has(one))
            .map((one) => (
              <label key={one}>
                <input type="radio" name={`${id}-outcome`} checked={outcome === one} onChange={() => setOutcome(one)} />
                {t(`alarms.outcomes.${one}`)}
              </label>
            ))}
        </div>
        {refused.outcome ? <p className="dk-error">{refused.outcome}</p> : null}
      </fieldset>
      <div className="dk-field">
        <label className="dk-label" htmlFor={`${id}-text`}>
          {t('alarms.what')}
        </label>
        <textarea
          id={`${id}-text`}
          className="dk-input"
          rows={3}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className={refused.text ? 'dk-error' : 'dk-note'}>{refused.text ?? t('alarms.whatNote')}</p>
      </div>
      {episode.mayOpenCase && outcome === 'REAL' ? (
        <label>
          <input type="checkbox" checked={openCase} onChange={(event) => setOpenCase(event.currentTarget.checked)} /> {t('alarms.openCase')}
        </label>
      ) : null}
      {error && Object.keys(refused).length === 0 ? (
        <p className="dk-error" role="alert">
          {words(error)}
        </p>
      ) : null}
      <div className="wb-inline">
        <button type="submit" className="dk-button dk-button-primary" disabled={isBusy}>
          {t('alarms.settleNow')}
        </button>
        <button type="button" className="dk-button" onClick={onCancel}>
          {t('desk.cancel')}
        </button>
      </div>
    </form>
  )
}
