import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area } from '../api/queries.ts'
import { CardList } from '../lists/card-list.tsx'
import { Nothing, useProblemText } from '../parts/states.tsx'
import { type ImportBatch, importsQuery } from './queries.ts'

const isUnderway = ({ state }: ImportBatch): boolean => state === 'queued' || state === 'running' || state === 'undoing'

/** What came into this area by files, newest first. */
export function BatchList() {
  const { t } = useTranslation()
  const batches = useInfiniteQuery({
    ...importsQuery,
    // The live line says when one goes on; this is for when the line is broken.
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isUnderway)) ? 5_000 : false),
  })
  return (
    <>
      <h2>{t('imports.batches')}</h2>
      <CardList list={batches} empty={<Nothing title={t('imports.noBatches')}>{t('imports.noBatchesText')}</Nothing>}>
        {(items) => (
          <ul className="wb-exports" aria-label={t('imports.batches')}>
            {items.map((batch) => (
              <BatchItem key={batch.batchId} batch={batch} />
            ))}
          </ul>
        )}
      </CardList>
    </>
  )
}

function BatchItem({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return (
    <li data-state={batch.state}>
      <div>
        <h3 className="dk-h3">{batch.fileName}</h3>
        <p className="dk-meta">
          {batch.number} · {batch.source ?? ''} · {batch.byName ?? ''} · {time.moment(batch.madeAt, now)}
        </p>
      </div>
      <div className="wb-export-state">
        <p>
          <b>{t(`imports.states.${batch.state}`)}</b>{' '}
          {t('imports.counts', { added: batch.added, there: batch.there, changed: batch.changed, refused: batch.refused })}
        </p>
        {isUnderway(batch) ? <progress aria-label={t('imports.progress', { number: batch.number })} value={batch.share} max={1} /> : null}
        {batch.reason ? <p className="dk-note">{t(`imports.reasons.${batch.reason}`)}</p> : null}
        {batch.reasonDetail ? <p className="dk-note">{batch.reasonDetail}</p> : null}
        {batch.state === 'undone' ? (
          <p className="dk-note">{t('imports.undone', { removed: batch.removed, kept: batch.kept ?? 0 })}</p>
        ) : null}
        {batch.keptNumbers.length > 0 ? (
          <p className="dk-note">{t('imports.keptNumbers', { numbers: batch.keptNumbers.join('、') })}</p>
        ) : null}
      </div>
      <BatchActions batch={batch} />
    </li>
  )
}

/** Stop it, fetch the rows that were not taken, or take it out again with a reason. */
function BatchActions({ batch }: { batch: ImportBatch }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const lang = useLanguage() === 'en' ? 'en' : 'zh'
  const id = useId()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState<string>()
  const params = { batchId: batch.batchId }
  const done = { onSettled: () => queryClient.invalidateQueries({ queryKey: [area.imports] }) }
  const cancel = useMutation({ mutationFn: () => call('POST /imports/:batchId/cancel', { params, body: { requestId: newId() } }), ...done })
  const undo = useMutation({
    mutationFn: (why: string) => call('POST /imports/:batchId/undo', { params, body: { requestId: newId(), reason: why } }),
    onSuccess: () => setReason(undefined),
    ...done,
  })
  const canUndo = batch.added > 0 && (batch.state === 'done' || batch.state === 'canceled' || batch.state === 'failed')
  const failed = cancel.error ?? undo.error
  return (
    <div className="wb-inline">
      {batch.state === 'queued' || batch.state === 'running' ? (
        <button
          type="button"
          className="dk-button dk-button-small"
          aria-label={t('imports.cancelNamed', { number: batch.number })}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('imports.cancel')}
        </button>
      ) : null}
      {batch.isFileThere && batch.refused + batch.changed > 0 ? (
        <a
          className="dk-button dk-button-small"
          href={`/api/v1/imports/${encodeURIComponent(batch.batchId)}/faults?lang=${lang}`}
          download
          aria-label={t('imports.faultsNamed', { number: batch.number })}
        >
          <Download size={16} aria-hidden="true" />
          {t('imports.faults')}
        </a>
      ) : null}
      {canUndo && reason === undefined ? (
        <button
          type="button"
          className="dk-button dk-button-small"
          aria-label={t('imports.undoNamed', { number: batch.number })}
          onClick={() => setReason('')}
        >
          {t('imports.undo')}
        </button>
      ) : null}
      {canUndo && reason !== undefined ? (
        <form
          className="wb-import-undo"
          onSubmit={(event) => {
            event.preventDefault()
            undo.mutate(reason.trim())
          }}
        >
          <label className="dk-label" htmlFor={id}>
            {t('imports.undoReason')}
          </label>
          <input
            id={id}
            className="dk-input"
            required
            minLength={2}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <p className="dk-note">{t('imports.undoNote')}</p>
          <div className="wb-inline">
            <button type="submit" className="dk-button dk-button-small dk-button-primary" disabled={undo.isPending}>
              {t('imports.undoNow')}
            </button>
            <button type="button" className="dk-button dk-button-small" onClick={() => setReason(undefined)}>
              {t('desk.cancel')}
            </button>
          </div>
        </form>
      ) : null}
      {failed ? (
        <p className="dk-error" role="alert">
          {words(failed)}
        </p>
      ) : null}
    </div>
  )
}
