import { keep } from '@linli/ui/phone'

/** Numbers for the call page, typed in on this device (often by the family) and never sent anywhere. */
export interface Phones {
  community: string
  family: string
}

export const phones = keep<Phones>('linli.phones', { community: '', family: '' }, (stored) => {
  const numbers = stored as Partial<Phones> | null
  return typeof numbers?.community === 'string' && typeof numbers.family === 'string'
    ? { community: numbers.community, family: numbers.family }
    : undefined
})
