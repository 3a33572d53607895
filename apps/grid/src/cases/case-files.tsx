import { useTranslation } from 'react-i18next'
import { type CaseView, fileUrl } from './queries.ts'

interface CaseFilesProps {
  caseId: string
  files: CaseView['attachments']
  /** Pictures are not taken along: without a network only their number is known. */
  isFresh: boolean
}

export function CaseFiles({ caseId, files, isFresh }: CaseFilesProps) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  if (!isFresh) return <p className="quiet">{t('case.filesAway', { count: files.length })}</p>
  return (
    <ul className="photos">
      {files.map(({ fileId, mediaType }, index) => (
        <li className="photo" key={fileId}>
          <a href={fileUrl(caseId, fileId)} target="_blank" rel="noopener">
            {mediaType.startsWith('image/') ? (
              <img src={fileUrl(caseId, fileId, 'thumb')} alt={t('kit.photo.alt', { index: index + 1 })} loading="lazy" />
            ) : (
              `PDF ${index + 1}`
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}
