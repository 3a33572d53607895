import { Icon } from '@linli/ui/touch'
import { Camera, ImagePlus, X } from 'lucide-react'
import { type ChangeEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftPhoto } from './draft.ts'
import { mostPhotos, usePhotoUrl } from './photos.ts'

export interface PhotoSectionProps {
  photos: readonly DraftPhoto[]
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
        <li className="quiet">{t('report.photoFull')}</li>
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
              {t(photos.length > 0 ? 'report.takeMore' : 'report.take')}
            </label>
          </li>
          <li>
            <label className="photo-add">
              <input className="visually-hidden" type="file" accept="image/*" multiple onChange={(event) => void pick(event)} />
              <Icon of={ImagePlus} />
              {t('report.album')}
            </label>
          </li>
        </>
      )}
    </ul>
  )
}

function Photo({ photo, index, onRemove, busy }: { photo: DraftPhoto; index: number; onRemove(): void; busy: boolean }) {
  const { t } = useTranslation()
  const url = usePhotoUrl(photo.id)
  return (
    <div className="photo">
      {url ? <img src={url} alt={t('report.photoAlt', { index })} /> : null}
      {photo.fileId ? null : <span className="photo-state">{t(busy ? 'report.photoSending' : 'report.photoWaiting')}</span>}
      <button type="button" className="photo-remove" aria-label={t('report.removePhoto', { index })} onClick={onRemove}>
        <Icon of={X} />
      </button>
    </div>
  )
}
