import { useTranslation } from 'react-i18next'
import type { PublicCase } from './use-case.ts'

/** Photos of a case, shown to whoever has number and tail. */
export function CasePhotos({ number, tail, photos }: { number: string; tail: string; photos: PublicCase['attachments'] }) {
  const { t } = useTranslation()
  return (
    <ul className="photos case-photos">
      {photos.map((photo, index) => {
        const address = `/api/v1/public/cases/${encodeURIComponent(number)}/files/${photo.fileId}?tail=${tail}`
        return (
          <li className="photo" key={photo.fileId}>
            <a href={address} target="_blank" rel="noopener">
              {photo.mediaType.startsWith('image/') ? <img src={address} alt={t('case.photoAlt', { index: index + 1 })} loading="lazy" /> : <span>PDF {index + 1}</span>}
            </a>
          </li>
        )
      })}
    </ul>
  )
}
