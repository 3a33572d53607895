import { call } from '@linli/ui/client'
import { newId, Sep, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import { type Erasure, personsArea } from './queries.ts'

/** A request to erase a file as it stands: waiting, with the decision for whoever may take it; or decided, by whom and on which ground. */
export function ErasureNote({ erasure }: { erasure: Erasure }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const { ground, reason, by, askedAt, outcome, decidedBy, decidedAt, mayDecide } = erasure
  const said = {
    open: t('persons.eraseAsked', { by }),
    kept: t('persons.eraseKept', { by: decidedBy }),
    erased: t('persons.erasedBy', { asked: by, decided: decidedBy }),
  }
  return (
    <>
      <p>
        <b>{said[outcome ?? 'open']}</b>
        <Sep />
        {time.moment(decidedAt ?? askedAt, now)}
      </p>
      <p>
        {t(`persons.eraseGrounds.${ground}`)}
        {reason ? (
          <>
            <Sep />
            <span lang="zh-CN">{reason}</span>
          </>
        ) : null}
      </p>
      {outcome === null ? mayDecide ? <Decision erasure={erasure} /> : <p className="dk-note">{t('persons.eraseWaits')}</p> : null}
    </>
  )
}

/** Erasing takes two presses, for it cannot be undone. */
function Decision({ erasure: { personId, erasureId } }: { erasure: Erasure }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [isSure, setIsSure] = useState(false)
  const decide = useMutation({
    mutationFn: (outcome: 'erased' | 'kept') =>
      call('POST /persons/:personId/erasures/:erasureId', { params: { personId, erasureId }, body: { requestId: newId(), outcome } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [personsArea] }),
    onError: () => setIsSure(false),
  })
  return (
    <>
      <span className="wb-inline">
        <button
          type="button"
          className={isSure ? 'dk-button dk-button-small dk-button-primary' : 'dk-button dk-button-small'}
          disabled={decide.isPending}
          onClick={() => (isSure ? decide.mutate('erased') : setIsSure(true))}
        >
          {t(isSure ? 'persons.eraseSure' : 'persons.eraseDecide.erased')}
        </button>
        <button type="button" className="dk-button dk-button-small" disabled={decide.isPending} onClick={() => decide.mutate('kept')}>
          {t('persons.eraseDecide.kept')}
        </button>
      </span>
      {decide.error ? (
        <p className="dk-error" role="alert">
          {words(decide.error)}
        </p>
      ) : null}
    </>
  )
}
