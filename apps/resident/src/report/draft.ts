import { newId } from '@linli/ui/client'
import type { Position } from '@linli/ui/map'
import { type KeptPhoto, keep } from '@linli/ui/phone'

/** A report being written. Everything optional; kept on this device for 30 days. */
export interface Draft {
  /** Fixed from the first word to the answer, so that nothing can be filed twice. */
  requestId: string
  changedAt: number
  photos: readonly KeptPhoto[]
  area?: { areaId: string; code: string; name: string }
  position?: Position
  /** Who set the pin; a photo may only set one that nobody chose. */
  placedBy?: 'photo' | 'person'
  /** Named after the nearest building. */
  spot: string
  /** Added by hand: floor, door, crossing. */
  extra: string
  /** A common saying that was picked, and the category it stands for. */
  saying?: string
  category?: string
  /** 都不是: the community sorts it. */
  noneFits?: boolean
  /** Ticket of a matter that a neighbor has reported: 我也遇到了. */
  sameAs?: string
  detail: string
  phone: string
  name: string
  /** What the server had against it, to show beside the fields while it is mended. */
  refusal?: { code?: string; detail: string; fields?: { path: string; message: string }[] }
}

const keepFor = 30 * 86_400_000

export function emptyDraft(): Draft {
  return { requestId: newId(), changedAt: 0, photos: [], spot: '', extra: '', detail: '', phone: '', name: '' }
}

/** True while there is nothing in it that a person would miss. */
export function isBlank(draft: Draft): boolean {
  return (
    draft.photos.length === 0 &&
    !draft.detail.trim() &&
    !draft.saying &&
    !draft.extra.trim() &&
    !draft.phone.trim() &&
    !draft.name.trim() &&
    draft.placedBy !== 'person'
  )
}

/** What was stored, if it is a draft and not too old. */
export function readDraft(stored: unknown, now: number = Date.now()): Draft | undefined {
  const draft = stored as Partial<Draft> | null
  if (typeof draft?.requestId !== 'string' || typeof draft.changedAt !== 'number' || !Array.isArray(draft.photos)) return undefined
  if (now - draft.changedAt > keepFor) return undefined
  return { ...emptyDraft(), ...draft }
}

const kept = keep<Draft | null>('linli.draft', null, (stored) => readDraft(stored))
/** What a fresh page shows; stored only once a person adds something, so that opening a page can never blank a stored draft. */
let fresh = emptyDraft()

export const draftStore = {
  get: (): Draft => kept.get() ?? fresh,
  subscribe: kept.subscribe,
  change(change: Partial<Draft> | ((draft: Draft) => Partial<Draft>)): void {
    kept.change((stored) => {
      const draft = stored ?? fresh
      return { ...draft, ...(typeof change === 'function' ? change(draft) : change), changedAt: Date.now() }
    })
  },
  /** Begins a new one under a new request id. */
  clear(): void {
    fresh = emptyDraft()
    kept.change(() => null)
  },
  /** Puts a refused report back for mending. It gets a new request id: what is sent next is another text. */
  restore(draft: Draft, refusal: Draft['refusal']): void {
    kept.change(() => ({ ...draft, ...(refusal ? { refusal } : {}), requestId: newId(), changedAt: Date.now() }))
  },
}
