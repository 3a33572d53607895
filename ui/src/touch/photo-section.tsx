import { type KeptPhoto, mostPhotos, usePhotoUrl } from '@linli/ui/phone'
import { Camera, ImagePlus, X } from 'lucide-react'
import { type ChangeEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

export interface PhotoSectionProps {
  photos: readonly KeptPhoto[]
  onAdd(files: readonly File[]): Promise<void>
  onRemove(id: string): void
  /** Where an error message leads. */
  first?: RefObject<HTMLInputElement | null>
}

/** Camera and album side by side, and what was taken. Photos go ahead of the report while the person writes on. */
export function PhotoSection({ photos, onAdd, onRemove, first }: PhotoSectionProps) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const pick = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    if (files.length === 0) return
    setBusy(true)
    await onAdd(files).finally(() => setBusy(false))
  }
  const full = photos.length >= mostPhotos
  return (
    <ul className="photos" aria-busy={busy}>
      {photos.map((photo, index) => (
        <li key={photo.id}>
          <Photo photo={photo} index={index + 1} onRemove={() => onRemove(photo.id)} busy={busy} />
        </li>
      ))}
      {full ? (
        <li className="quiet">{t('kit.photo.full', { most: mostPhotos })}</li>
      ) : (
        <>
          <li>
            <label className="photo-add">
              <input
                ref={first}
                className="visually-hidden"
                type="file"
                accept="image/*"
                capture="environment"
                onChange={(event) => void pick(event)}
              />
              <Icon of={Camera} />
              {t(photos.length > 0 ? 'kit.photo.takeMore' : 'kit.photo.take')}
            </label>
          </li>
          <li>
            <label className="photo-add">
              <input className="visually-hidden" type="file" accept="image/*" multiple onChange={(event) => void pick(event)} />
              <Icon of={ImagePlus} />
              {t('kit.photo.album')}
            </label>
          </li>
        </>
      )}
    </ul>
  )
}

function Photo({ photo, index, onRemove, busy }: { photo: KeptPhoto; index: number; onRemove(): void; busy: boolean }) {
  const { t } = useTranslation()
  const url = usePhotoUrl(photo.id)
  return (
    <div className="photo">
      {url ? <img src={url} alt={t('kit.photo.alt', { index })} /> : null}
      {photo.fileId ? null : <span className="photo-state">{t(busy ? 'kit.photo.sending' : 'kit.photo.waiting')}</span>}
      <button type="button" className="photo-remove" aria-label={t('kit.photo.remove', { index })} onClick={onRemove}>
        <Icon of={X} />
      </button>
    </div>
  )
}
