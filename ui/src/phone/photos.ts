import { ApiError, newId, upload } from '@linli/ui/client'
import type { Position } from '@linli/ui/map'
import { useEffect, useState } from 'react'
import { photoStore } from './photo-store.ts'
import { shouldWait } from './send-queue.ts'
import { type ShrinkOptions, shrinkPhoto } from './shrink.ts'

/** Photos of one report or addition. */
export const mostPhotos = 9

/** Makes photos smaller and keeps them on the device; gives their ids in order. */
export async function takePhotos(files: readonly File[], options?: ShrinkOptions): Promise<string[]> {
  const ids: string[] = []
  for (const file of files) {
    const id = newId()
    await photoStore.put(id, await shrinkPhoto(file, options))
    ids.push(id)
  }
  return ids
}

export type SentAhead =
  | { kind: 'sent'; fileId: string; position: Position | null }
  | { kind: 'later' }
  | { kind: 'refused'; error: ApiError }

/** Sends one photo ahead of its report. Without a connection it simply stays: the outbox sends it later. */
export async function sendPhoto(id: string): Promise<SentAhead> {
  const photo = await photoStore.get(id)
  if (!photo) return { kind: 'later' }
  try {
    const { id: fileId, position } = await upload(photo, `${id}.jpg`)
    return { kind: 'sent', fileId, position }
  } catch (error) {
    if (error instanceof ApiError && !shouldWait(error)) return { kind: 'refused', error }
    return { kind: 'later' }
  }
}

/** An address under which the page can show a kept photo; undefined until it is read. */
export function usePhotoUrl(id: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    void photoStore.get(id).then((photo) => {
      if (gone || !photo) return
      made = URL.createObjectURL(photo)
      setUrl(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [id])
  return url
}
