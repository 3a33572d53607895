import { findThing } from '@linli/signals/define'
import { useLanguage } from '@linli/ui/text'

/** A kind of device in the language of the page. */
export function useThingName(): (kind: string) => string {
  const isEnglish = useLanguage() === 'en'
  return (kind) => {
    const thing = findThing(kind)
    return (isEnglish ? thing?.nameEn : thing?.name) ?? kind
  }
}
