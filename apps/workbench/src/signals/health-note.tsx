import { call } from '@linli/ui/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import type { EpisodeView } from './queries.ts'

/** What the person keeps for whoever comes to help: opened by a press, which the person can read, and shown until the page is left. */
export function HealthNote({ episode: { episodeId } }: { episode: EpisodeView }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const open = useMutation({ mutationFn: () => call('POST /episodes/:episodeId/health-note', { params: { episodeId } }) })
  return (
    <div className="wb-alarm-note">
      {open.data ? (
        <p lang="zh-CN">
          <b>{open.data.note ?? t('alarms.noHealthNote')}</b>
        </p>
      ) : (
        <button type="button" className="dk-button" disabled={open.isPending} onClick={() => open.mutate()}>
          {t('alarms.openHealthNote')}
        </button>
      )}
      <p className="dk-note">{t('alarms.healthNoteText')}</p>
      {open.error ? (
        <p className="dk-error" role="alert">
          {words(open.error)}
        </p>
      ) : null}
    </div>
  )
}
