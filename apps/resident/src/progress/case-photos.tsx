import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicCase } from './use-case.ts'

/** Photos of a case, shown to whoever has number and tail. */
export function CasePhotos({ number, tail, photos }: { number: string; tail: string; photos: PublicCase['attachments'] }) {
  return (
    <ul className="photos case-photos">
      {photos.map((photo, index) => {
        const address = `/api/v1/public/cases/${encodeURIComponent(number)}/files/${photo.fileId}?tail=${tail}`
        return (
          <li className="photo" key={photo.fileId}>
            {photo.mediaType.startsWith('image/') ? (
              <CasePhoto address={address} index={index + 1} />
            ) : (
              <a href={address}>PDF {index + 1}</a>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function CasePhoto({ address, index }: { address: string; index: number }) {
  const { t } = useTranslation()
  const [lost, setLost] = useState(false)
  if (lost) return <p className="quiet photo-lost">{t('case.photoLost', { index })}</p>
  return (
    <a href={address} target="_blank" rel="noopener">
      <img src={`${address}&size=thumb`} alt={t('case.photoAlt', { index })} loading="lazy" onError={() => setLost(true)} />
    </a>
  )
}
