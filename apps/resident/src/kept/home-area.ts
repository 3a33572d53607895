import { keep } from '@linli/ui/phone'

/** The community this device is in, chosen once. */
export interface HomeArea {
  areaId: string
  code: string
  name: string
}

export const homeArea = keep<HomeArea | null>('linli.area', null, (stored) => {
  const area = stored as Partial<HomeArea> | null
  return typeof area?.areaId === 'string' && typeof area.code === 'string' && typeof area.name === 'string' ? (area as HomeArea) : undefined
})
