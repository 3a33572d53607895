import { type Building, nearestBuilding, type Position, type Side } from '@linli/ui/map'
import { mostPhotos, photoStore, sendPhoto, takePhotos, useKept } from '@linli/ui/phone'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlan } from '../home/use-areas.ts'
import { type HomeArea, homeArea } from '../kept/home-area.ts'
import { type Draft, draftStore } from './draft.ts'

/** The report being written, with the acts that need more than setting a field. */
export function useDraft() {
  const { t } = useTranslation()
  const draft = useSyncExternalStore(draftStore.subscribe, draftStore.get)
  const home = useKept(homeArea)
  const area: HomeArea | null = draft.area ?? home
  const plan = usePlan(area?.areaId)
  const buildings = plan.data?.buildings
  const [notice, setNotice] = useState<unknown>()

  const spotName = useCallback((name: string, side: Side) => t(`report.side.${side}`, { name }), [t])
  const setPosition = useCallback(
    (position: Position, by: NonNullable<Draft['placedBy']>): boolean => {
      const near = buildings && nearestBuilding(buildings, position)
      if (buildings?.length && !near) return false
      draftStore.change({ position, placedBy: by, spot: near ? spotName(near.building.name, near.side) : '' })
      return true
    },
    [buildings, spotName],
  )
  // A photo may know its place before the plan has come: it is named then, and taken back where it is of another place.
  useEffect(() => {
    const { position, placedBy, spot } = draftStore.get()
    if (position !== draft.position || !position || !placedBy || spot || !buildings?.length || setPosition(position, placedBy)) return
    draftStore.change({ position: undefined, placedBy: undefined })
    setNotice('farPhoto')
  }, [buildings, draft.position, setPosition])

  return {
    draft,
    area,
    plan: plan.data,
    /** A photo that was refused, or a place that could not be used. */
    notice,
    change: draftStore.change,
    setPosition,
    setBuilding(building: Building | undefined): void {
      if (building)
        draftStore.change({ position: { lon: building.lon, lat: building.lat }, placedBy: 'person', spot: spotName(building.name, 'at') })
      else draftStore.change({ position: undefined, placedBy: 'person', spot: '' })
    },
    setArea(chosen: HomeArea): void {
      homeArea.change(() => chosen)
      draftStore.change({ area: chosen, position: undefined, placedBy: undefined, spot: '', sameAs: undefined })
    },
    /** Keeps the photos first, then sends them ahead; the first that knows its place sets the pin. */
    async addPhotos(files: readonly File[]): Promise<void> {
      setNotice(undefined)
      const room = mostPhotos - draftStore.get().photos.length
      const ids = await takePhotos(files.slice(0, room))
      draftStore.change((now) => ({ photos: [...now.photos, ...ids.map((id) => ({ id }))] }))
      for (const id of ids) {
        const sent = await sendPhoto(id)
        // The photo may have been taken out, or the report sent, in the meantime.
        if (!draftStore.get().photos.some((photo) => photo.id === id)) continue
        if (sent.kind === 'refused') {
          setNotice(sent.error)
          draftStore.change((now) => ({ photos: now.photos.filter((photo) => photo.id !== id) }))
          void photoStore.remove(id)
        }
        if (sent.kind !== 'sent') continue
        draftStore.change((now) => ({ photos: now.photos.map((photo) => (photo.id === id ? { ...photo, fileId: sent.fileId } : photo)) }))
        if (sent.position && !draftStore.get().placedBy && !setPosition(sent.position, 'photo')) setNotice('farPhoto')
      }
    },
    removePhoto(id: string): void {
      draftStore.change((now) => ({ photos: now.photos.filter((photo) => photo.id !== id) }))
      void photoStore.remove(id)
    },
  }
}

export type DraftHandle = ReturnType<typeof useDraft>
