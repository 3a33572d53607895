import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { area } from '../api/queries.ts'
import { useProblemText } from '../parts/states.tsx'
import type { ExportJob } from './queries.ts'

/** What can be done with an export as it stands: stop it, fetch it, have it handed out for another day. */
export function ExportActions({ job, title }: { job: ExportJob; title: string }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const now = useNow()
  const queryClient = useQueryClient()
  const send = useMutation({
    mutationFn: (act: 'cancel' | 'renew') =>
      call(`POST /exports/:exportId/${act}`, { params: { exportId: job.exportId }, body: { requestId: newId() } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [area.exports] }),
  })
  const isOpen = job.isFileThere && job.linkUntil !== null && new Date(job.linkUntil).getTime() > new Date(now).getTime()
  const name = `${title} ${job.number}`
  return (
    <div className="wb-inline">
      {job.state === 'queued' || job.state === 'running' || job.state === 'held' ? (
        <button
          type="button"
          className="dk-button dk-button-small"
          aria-label={t('exports.cancelNamed', { name })}
          disabled={send.isPending}
          onClick={() => send.mutate('cancel')}
        >
          {t('exports.cancel')}
        </button>
      ) : null}
      {isOpen ? (
        <a
          className="dk-button dk-button-small dk-button-primary"
          href={`/api/v1/exports/${encodeURIComponent(job.exportId)}/file`}
          download
          aria-label={t('exports.downloadNamed', { name })}
        >
          <Download size={16} aria-hidden="true" />
          {t('exports.download')}
        </a>
      ) : null}
      {job.isFileThere && !isOpen ? (
        <button
          type="button"
          className="dk-button dk-button-small"
          aria-label={t('exports.renewNamed', { name })}
          disabled={send.isPending}
          onClick={() => send.mutate('renew')}
        >
          {t('exports.renew')}
        </button>
      ) : null}
      {send.error ? (
        <p className="dk-error" role="alert">
          {words(send.error)}
        </p>
      ) : null}
    </div>
  )
}
