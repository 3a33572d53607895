import { keep } from '@linli/ui/phone'

/** One matter that this device may ask about: what was filed here, or looked up here and kept. */
export interface Matter {
  number: string
  tail: string
  /** Rating code, known only where the matter was filed. */
  code?: string
  /** The request it was filed with, so that the receipt finds it. */
  requestId?: string
  title: string
  keptAt: number
  /** Photos that the server did not take. */
  photosLost?: number
}

const most = 50

export const matters = keep<readonly Matter[]>('linli.matters', [], (stored) =>
  Array.isArray(stored) ? stored.filter(isMatter) : undefined,
)

function isMatter(value: unknown): value is Matter {
  const matter = value as Partial<Matter> | null
  return (
    typeof matter?.number === 'string' &&
    typeof matter.tail === 'string' &&
    typeof matter.title === 'string' &&
    typeof matter.keptAt === 'number'
  )
}

/** Newest first; the same number once, keeping what was known about it before. */
export function rememberMatter(matter: Matter): void {
  matters.change((all) => {
    const before = all.find((other) => other.number === matter.number)
    return [{ ...before, ...matter }, ...all.filter((other) => other.number !== matter.number)].slice(0, most)
  })
}

export function forgetMatter(number: string): void {
  matters.change((all) => {
    const rest = all.filter((matter) => matter.number !== number)
    return rest.length > 0 ? rest : []
  })
}
