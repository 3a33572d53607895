import '../styles/imports.css'
import './words.ts'
import { type ApiError, upload } from '@linli/ui/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../parts/page-head.tsx'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { BatchList } from './batch-list.tsx'
import { MappingForm } from './mapping-form.tsx'
import { type BroughtFile, targetsQuery } from './queries.ts'

/** Cases of another system come in here (导入): a file, what its columns mean, what would become of it, and the batches so far. */
export function ImportsPage() {
  const { t } = useTranslation()
  const targets = useQuery(targetsQuery)
  const [file, setFile] = useState<BroughtFile>()
  const [done, setDone] = useState('')
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('imports.title')} note={t('imports.text')} />
      {targets.isPending ? <Waiting rows={3} /> : null}
      {targets.error && !targets.data ? <Problem error={targets.error} retry={() => void targets.refetch()} /> : null}
      {targets.data ? (
        <section className="wb-panel wb-import" aria-label={t('imports.new')}>
          <h2>{t('imports.new')}</h2>
          <BringFile
            brought={(one) => {
              setFile(one)
              setDone('')
            }}
          />
          {file ? (
            <MappingForm
              key={file.batch.batchId}
              file={file}
              targets={targets.data}
              onStarted={(number) => {
                setFile(undefined)
                setDone(number)
              }}
            />
          ) : null}
          <p role="status">{done ? t('imports.started', { number: done }) : ''}</p>
        </section>
      ) : null}
      <BatchList />
    </div>
  )
}

function BringFile({ brought }: { brought(file: BroughtFile): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const send = useMutation<BroughtFile, ApiError, File>({
    mutationFn: (file) => upload(file, file.name, 'POST /imports'),
    onSuccess: brought,
  })
  return (
    <div className="dk-field">
      <label className="dk-label" htmlFor={id}>
        <Upload size={16} aria-hidden="true" /> {t('imports.file')}
      </label>
      <input
        id={id}
        className="dk-input"
        type="file"
        accept=".csv,.gz,.xlsx,text/csv"
        aria-describedby={`${id}-note`}
        disabled={send.isPending}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) send.mutate(file)
        }}
      />
      <p id={`${id}-note`} className="dk-note">
        {t('imports.fileNote')}
      </p>
      <p role="status">{send.isPending ? t('imports.uploading') : ''}</p>
      {send.error ? (
        <p className="dk-error" role="alert">
          {words(send.error)}
        </p>
      ) : null}
    </div>
  )
}
