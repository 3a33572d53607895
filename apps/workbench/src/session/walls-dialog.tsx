import { call } from '@linli/ui/client'
import { KeyCap, Sep, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'
import { Nothing, Problem, useProblemText, Waiting } from '../parts/states.tsx'

const wallsQuery = queryOptions({
  queryKey: ['walls'],
  queryFn: async ({ signal }) => (await call('GET /sessions/wall', {}, signal)).items,
})

/** The screens that this person opened and that hang somewhere still; closed from here they ask for a sign-in at once. */
export function WallsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const time = useTimeWords()
  const now = useNow()
  const queryClient = useQueryClient()
  const walls = useQuery(wallsQuery)
  const close = useMutation({
    mutationFn: () => call('DELETE /sessions/wall', {}),
    onSettled: () => queryClient.invalidateQueries({ queryKey: wallsQuery.queryKey }),
  })
  const open = walls.data ?? []
  return (
    <Dialog
      onClose={onClose}
      width="32rem"
      title={t('walls.title')}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('exports.close')}
            <KeyCap>Esc</KeyCap>
          </button>
          {open.length > 0 ? (
            <button type="button" className="dk-button dk-button-primary" disabled={close.isPending} onClick={() => close.mutate()}>
              {t('walls.closeAll', { count: open.length })}
            </button>
          ) : null}
        </div>
      }
    >
      <div className="wb-dialog-body">
        <p className="dk-note">{t('walls.text')}</p>
        {walls.isPending ? <Waiting rows={2} /> : null}
        {walls.error && !walls.data ? <Problem error={walls.error} retry={() => void walls.refetch()} /> : null}
        <p role="status">{close.data ? t('walls.closed', { count: close.data.closed }) : ''}</p>
        {walls.isSuccess && open.length === 0 ? <Nothing title={t('walls.none')} /> : null}
        <ul className="wb-plain">
          {open.map((wall) => (
            <li key={wall.openedAt} className="wb-post">
              <span>
                <b>{wall.areaName}</b>
                <span className="dk-meta wb-block">
                  {t('walls.openedAt', { at: time.moment(wall.openedAt, now) })}
                  <Sep />
                  {t('walls.until', { at: time.moment(wall.expiresAt, now) })}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {close.error ? (
          <p className="dk-error" role="alert">
            {words(close.error)}
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}
