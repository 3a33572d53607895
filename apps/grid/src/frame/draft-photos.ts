import { isOutOfReach } from '@linli/ui/client'
import { type KeptPhoto, mostPhotos, photoStore, sendPhoto, takePhotos } from '@linli/ui/phone'

interface Draft {
  /** As it is by then: an upload may be answered long after the page has gone on. */
  photos(): readonly KeptPhoto[]
  change(photos: readonly KeptPhoto[]): void
}

/** Photos of something being written: kept first, without the place that a camera writes into them, then sent ahead while there is a network. */
export function draftPhotos({ photos, change }: Draft) {
  const settle = (id: string, fileId: string | undefined): void => {
    if (!photos().some((photo) => photo.id === id)) return
    change(fileId ? photos().map((photo) => (photo.id === id ? { id, fileId } : photo)) : photos().filter((photo) => photo.id !== id))
  }
  return {
    /** Answers the last refusal of the server, undefined where there was none. */
    async addPhotos(files: readonly File[]): Promise<unknown> {
      const ids = await takePhotos(files.slice(0, mostPhotos - photos().length), { keepsPlace: false })
      change([...photos(), ...ids.map((id) => ({ id }))])
      let refused: unknown
      for (const id of ids) {
        if (isOutOfReach()) return refused
        const sent = await sendPhoto(id)
        if (sent.kind === 'refused') refused = sent.error
        if (sent.kind !== 'later') settle(id, sent.kind === 'sent' ? sent.fileId : undefined)
      }
      return refused
    },
    removePhoto(id: string): void {
      settle(id, undefined)
      void photoStore.remove(id)
    },
  }
}
