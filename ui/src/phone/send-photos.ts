import { ApiError } from '@linli/ui/client'
import { shouldWait } from './send-queue.ts'

export interface KeptPhoto {
  id: string
  /** Given by the server once the photo is there. */
  fileId?: string
}

/** Something on its way that carries photos. */
export interface WithPhotos {
  photos: readonly KeptPhoto[]
  /** Photos that the server did not take, or that are gone from the phone. */
  photosLost: number
}

export interface PhotoPost<T extends WithPhotos, R> {
  /** The item as it is now, and how to keep what has become of its photos. */
  item: { get(): T; update(change: Partial<WithPhotos>): void }
  get(id: string): Promise<Blob | undefined>
  upload(photo: Blob, name: string): Promise<{ id: string }>
  /** Whether a refusal says that the server no longer has the photos; by its code where this is left out. */
  isForgotten?(error: ApiError): boolean
  /** Sends the item itself, with the ids that its photos got. */
  post(item: T, attachments: string[]): Promise<R>
}

/** Sends the photos of an item that are not there yet, then the item. A server that is away throws, and the rest of the photos follow the next time. */
export async function sendWithPhotos<T extends WithPhotos, R>(way: PhotoPost<T, R>, mayResend = true): Promise<R> {
  const { item, post, isForgotten = ({ code }: ApiError) => code.endsWith('.attachment_unknown') } = way
  await sendPhotos(way)
  const ready = item.get()
  const attachments = ready.photos.flatMap(({ fileId }) => fileId ?? [])
  try {
    return await post(ready, attachments)
  } catch (error) {
    // The server has forgotten photos that waited too long for their item: send them again, once.
    const isAskedAgain = error instanceof ApiError && isForgotten(error) && attachments.length > 0
    if (!isAskedAgain || !mayResend) throw error
    item.update({ photos: ready.photos.map(({ fileId: _, ...photo }) => photo) })
    return sendWithPhotos(way, false)
  }
}

/** A photo that is gone, or that the server will not take, is left out and counted, for it must not hold up the rest. */
async function sendPhotos<T extends WithPhotos, R>({ item, get, upload }: PhotoPost<T, R>): Promise<void> {
  for (const photo of item.get().photos) {
    if (photo.fileId) continue
    const blob = await get(photo.id)
    const fileId = blob && (await upload(blob, `${photo.id}.jpg`).then(({ id }) => id, refusedPhoto))
    const { photos, photosLost } = item.get()
    if (fileId) item.update({ photos: photos.map((other) => (other.id === photo.id ? { ...other, fileId } : other)) })
    else item.update({ photos: photos.filter((other) => other.id !== photo.id), photosLost: photosLost + 1 })
  }
}

function refusedPhoto(error: unknown): undefined {
  if (error instanceof ApiError && !shouldWait(error)) return undefined
  throw error
}
